"""What the room keeps of a person, how long, and how it goes away."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lms.files.actions import delete_file
from lms.files.models import StoredFile
from lms.people.models import User
from lms.plugins import Held, PrivacyHandler, RetentionRule
from lms.questionnaires.models import Answer, Response
from mentoring_ext.registrations.models import InitialEvaluation, Registration, State, StateChange

MODELS = (
    "mentoring_registrations.registration",
    "mentoring_registrations.statechange",
    "mentoring_registrations.initialevaluation",
)
WRITTEN = ("first_name", "last_name", "email", "telephone", "referral_note", "question", "answer")


def handler() -> PrivacyHandler:
    """Return the room's privacy handler."""
    return PrivacyHandler(
        name="registrations",
        models=MODELS,
        export=None,
        erase=erase,
        label=_("Registrations as a mentee"),
        held=[
            Held("mentoring_registrations.registration"),
            Held("mentoring_registrations.statechange", about="registration__user"),
            Held("mentoring_registrations.initialevaluation", about="pair__user"),
        ],
    )


def erase(user: User) -> None:
    """Empty the registrations and keep their states for the counts."""
    # Those from before there was an account bear its address.
    own = Q(user=user) | Q(email__iexact=user.email) if user.email else Q(user=user)
    for registration in Registration.objects.filter(own):
        empty(registration)
    Registration.objects.filter(referred_by=user).update(referred_by=None)
    StateChange.objects.filter(actor=user).update(actor=None)
    InitialEvaluation.objects.filter(written_by=user).update(written_by=None)


def empty(registration: Registration) -> None:
    """Take name, address, words and answers away; opening, state and dates stay."""
    for name in WRITTEN:
        setattr(registration, name, "")
    registration.user = None
    registration.save()
    _delete_answers([registration])


def _delete_answers(registrations: list[Registration]) -> None:
    responses = Response.objects.about(*registrations)
    files = StoredFile.objects.filter(pk__in=Answer.objects.filter(response__in=responses).values("file"))
    for stored in list(files):
        delete_file(stored, actor=None)
    responses.delete()


def rules() -> list[RetentionRule]:
    """Return how long registrations are kept that did not lead into a cohort."""
    return [
        RetentionRule(
            name="registrations_closed",
            label=_("Registrations that were declined or withdrawn"),
            days=180,
            text=_("Name, address and answers are taken away. How many there were stays."),
            enforce=empty_closed,
            count=lambda before: _closed(before).count(),
            fewest=30,
        ),
        RetentionRule(
            name="registrations_begun",
            label=_("Registrations that were begun and never sent, and people who were referred and did not answer"),
            days=60,
            text=_("They are deleted with their answers and files."),
            enforce=delete_begun,
            count=lambda before: _begun(before).count(),
            fewest=7,
        ),
    ]


def _closed(before: datetime) -> QuerySet[Registration]:
    closed = Registration.objects.filter(state__in=[State.DECLINED, State.WITHDRAWN], since__lt=before)
    return closed.exclude(first_name="", last_name="", email="")


def _begun(before: datetime) -> QuerySet[Registration]:
    begun = [State.STARTED, State.UNCONFIRMED, State.REFERRED]
    return Registration.objects.filter(state__in=begun, since__lt=before)


def empty_closed(before: datetime) -> int:
    """Empty the registrations that were closed before that time; return how many."""
    closed = list(_closed(before))
    for registration in closed:
        empty(registration)
    return len(closed)


def delete_begun(before: datetime) -> int:
    """Delete what nobody sent before that time; return how many."""
    begun = list(_begun(before))
    _delete_answers(begun)
    Registration.objects.filter(pk__in=[registration.pk for registration in begun]).delete()
    return len(begun)
