"""What applicants and coordinators do: apply, confirm, withdraw; open calls, move, note, accept and decline."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lms.errors import DomainError
from lms.files.models import StoredFile
from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.actions import invite_person
from lms.people.models import User
from mentoring_ext.applications import errors
from mentoring_ext.applications.models import OPEN_STAGES, Application, Call, Note, Stage, StageChange
from mentoring_ext.applications.tasks import mail_applicant
from mentoring_ext.profiles.actions import enter_mentor
from mentoring_ext.profiles.models import MentorProfile
from mentoring_ext.programmes.actions import add_member
from mentoring_ext.programmes.errors import AlreadyMember
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role

RESERVED_SLUGS = {"calls", "board", "review", "confirm", "status"}
CARRIED_OVER = ("headline", "competences", "experience", "motivation", "country")
"""What the mentor's sheet takes over from the application."""


@dataclass(frozen=True)
class Applicant:
    """Who applies, with what: ``answers`` holds the application's typed columns by name."""

    email: str
    answers: Mapping[str, Any]
    cv: StoredFile | None = None
    user: User | None = None


@transaction.atomic
def open_call(
    cohort: Cohort, *, actor: User, title: str, text: str, opens_on: date, closes_on: date, at: datetime | None = None
) -> Call:
    """Open a call for mentors of a cohort.

    Raises ``NotYourCohort`` ("not_your_cohort") and ``ClosesBeforeItOpens`` ("closes_before_it_opens").
    """
    _check_call(cohort, actor, opens_on, closes_on)
    call = Call.objects.create(
        cohort=cohort,
        organisation=cohort.organisation,
        title=title,
        slug=_free_slug(title),
        text=text,
        opens_on=opens_on,
        closes_on=closes_on,
    )
    record("created", call, actor=actor, context=cohort, at=at)
    return call


@transaction.atomic
def change_call(
    call: Call, *, actor: User, cohort: Cohort, title: str, text: str, opens_on: date, closes_on: date
) -> Call:
    """Change a call; its address stays. Raises as ``open_call`` does."""
    _check_call(cohort, actor, opens_on, closes_on)
    call.cohort, call.organisation = cohort, cohort.organisation
    call.title, call.text, call.opens_on, call.closes_on = title, text, opens_on, closes_on
    call.save()
    record("changed", call, actor=actor, context=cohort)
    return call


def _check_call(cohort: Cohort, actor: User, opens_on: date, closes_on: date) -> None:
    if not Cohort.objects.coordinated_by(actor).filter(pk=cohort.pk).exists():
        raise errors.NotYourCohort
    if closes_on < opens_on:
        raise errors.ClosesBeforeItOpens


def _free_slug(title: str) -> str:
    wanted = slugify(title)[:40] or "call"
    taken = RESERVED_SLUGS | set(Call.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in count(2))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)


@transaction.atomic
def apply(call: Call, *, applicant: Applicant, form_key: UUID, at: datetime, today: date) -> Application:
    """Keep an application and mail the link that confirms the address; the same form twice makes one.

    Somebody signed in whose account has this address needs no confirmation. A confirmed application of the same
    address stays as it is, and only its owner learns of it, by mail; an unconfirmed one is replaced, so that older
    links end. Raises ``CallClosed`` ("call_closed").
    """
    if not call.is_open(today):
        raise errors.CallClosed
    sent = Application.objects.filter(form_key=form_key).first()
    if sent:
        return sent
    earlier = Application.objects.select_for_update().filter(call=call, email__iexact=applicant.email).first()
    if earlier and earlier.stage != Stage.UNCONFIRMED:
        _mail(earlier, "again")
        return earlier
    if earlier:
        earlier.delete()
    try:
        with transaction.atomic():
            return _keep(call, applicant, form_key, at)
    except IntegrityError:
        # The same form arrived twice at once, and the other one was kept.
        return Application.objects.get(call=call, email__iexact=applicant.email)


def _keep(call: Call, applicant: Applicant, form_key: UUID, at: datetime) -> Application:
    application = Application.objects.create(
        call=call,
        user=applicant.user,
        email=applicant.email,
        cv=applicant.cv,
        form_key=form_key,
        applied_at=at,
        consented_at=at,
        **applicant.answers,
    )
    record("applied", application, actor=applicant.user, context=call, at=at)
    if applicant.user and applicant.user.email.lower() == applicant.email.lower():
        return confirm_application(application, at=at)
    _mail(application, "confirm")
    return application


@transaction.atomic
def confirm_application(application: Application, *, at: datetime) -> Application:
    """Take the application in, now that the address is known to be right; a second time changes nothing."""
    application = _locked(application)
    if application.stage != Stage.UNCONFIRMED:
        return application
    application.confirmed_at = at
    _change_stage(application, Stage.RECEIVED, actor=application.user, at=at)
    record("confirmed", application, actor=application.user, context=application.call, at=at)
    text = _("%(name)s applied as a mentor: %(call)s.") % {"name": application, "call": application.call}
    notify(_reviewers(application), "application_received", text, application.get_absolute_url())
    _mail(application, "received")
    return application


@transaction.atomic
def withdraw_application(application: Application, *, at: datetime) -> Application:
    """Take one's own application back. Raises ``AlreadyDecided`` ("already_decided")."""
    application = _undecided(application)
    _change_stage(application, Stage.WITHDRAWN, actor=application.user, at=at)
    record("withdrew", application, actor=application.user, context=application.call, at=at)
    text = _("%(name)s took the application back: %(call)s.") % {"name": application, "call": application.call}
    notify(_reviewers(application), "application_received", text, application.get_absolute_url())
    return application


@transaction.atomic
def move_application(application: Application, *, actor: User, stage: str, at: datetime) -> Application:
    """Put an application into another open stage; the applicant sees it on the status page.

    Raises ``NotAnOpenStage`` ("not_an_open_stage") and ``AlreadyDecided`` ("already_decided").
    """
    if stage not in OPEN_STAGES:
        raise errors.NotAnOpenStage
    application = _undecided(application)
    if application.stage != stage:
        _change_stage(application, stage, actor=actor, at=at)
        record("moved", application, actor=actor, context=application.call, data={"stage": stage}, at=at)
    return application


@transaction.atomic
def note_on_application(application: Application, *, actor: User, text: str, at: datetime) -> Note:
    """Keep a reviewer's note, which the applicant does not see."""
    note = Note.objects.create(application=application, author=actor, text=text, written_at=at)
    record("wrote", note, actor=actor, context=application, at=at)
    return note


@transaction.atomic
def accept_application(application: Application, *, actor: User, answer: str = "", at: datetime) -> Application:
    """Make the applicant a mentor: account, mentors' database, and the cohort with its training.

    Raises ``AlreadyDecided`` ("already_decided") and ``OtherRoleInCohort`` ("other_role_in_cohort").
    """
    application = _undecided(application)
    user = application.user = application.user or _account_of(application, actor, at)
    application.answer = answer
    _change_stage(application, Stage.ACCEPTED, actor=actor, at=at)
    enter_mentor(user, origin=_origin(application, user), actor=actor, at=at, known=_known(application))
    _join_cohort(application, user, actor, at)
    record("accepted", application, actor=actor, context=application.call, at=at)
    _mail(application, "accepted")
    return application


def _account_of(application: Application, actor: User, at: datetime) -> User:
    return invite_person(
        actor=actor,
        first_name=application.first_name,
        last_name=application.last_name,
        email=application.email,
        reason=_("%(cohort)s, as mentor") % {"cohort": application.call.cohort},
        at=at,
        mail=False,
    )


def _origin(application: Application, user: User) -> MentorProfile.Origin:
    at_home = user.organisation_id == application.call.organisation_id
    return MentorProfile.Origin.IN_HOUSE if at_home else MentorProfile.Origin.EXTERNAL


def _known(application: Application) -> dict[str, Any]:
    return {name: getattr(application, name) for name in CARRIED_OVER}


def _join_cohort(application: Application, user: User, actor: User, at: datetime) -> None:
    cohort = application.call.cohort
    try:
        add_member(cohort, user, actor=actor, role=Role.MENTOR, at=at)
    except AlreadyMember:
        return
    except DomainError as error:
        others = CohortMembership.objects.present().filter(cohort=cohort, user=user)
        if others.exists():
            raise errors.OtherRoleInCohort from error
        raise


@transaction.atomic
def decline_application(application: Application, *, actor: User, answer: str, at: datetime) -> Application:
    """Say no, with the reason, which the applicant gets by mail.

    Raises ``AnswerMissing`` ("answer_missing") and ``AlreadyDecided`` ("already_decided").
    """
    if not answer.strip():
        raise errors.AnswerMissing
    application = _undecided(application)
    application.answer = answer.strip()
    _change_stage(application, Stage.DECLINED, actor=actor, at=at)
    record("declined", application, actor=actor, context=application.call, at=at)
    _mail(application, "declined")
    return application


@transaction.atomic
def read_cv(application: Application, *, actor: User) -> StoredFile | None:
    """Return the CV and write down who read it."""
    if application.cv:
        record("read", application, actor=actor, context=application.call, data={"what": "cv"})
    return application.cv


def _locked(application: Application) -> Application:
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("call__cohort__organisation", "user")
        .get(pk=application.pk)
    )


def _undecided(application: Application) -> Application:
    locked = _locked(application)
    if not locked.is_undecided:
        raise errors.AlreadyDecided
    return locked


def _change_stage(application: Application, stage: str, *, actor: User | None, at: datetime) -> None:
    application.stage = stage
    application.save()
    StageChange.objects.create(application=application, stage=stage, at=at, actor=actor)


def _reviewers(application: Application) -> list[User]:
    memberships = CohortMembership.objects.present().filter(cohort=application.call.cohort, role=Role.COORDINATOR)
    return [membership.user for membership in memberships.select_related("user")]


def _mail(application: Application, template: str) -> None:
    pk = application.pk
    transaction.on_commit(lambda: mail_applicant.enqueue(pk, template))
