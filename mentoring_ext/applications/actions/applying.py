"""What an applicant does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import User
from lms.questionnaires.models import Version
from mentoring_ext.applications import errors
from mentoring_ext.applications.actions.drafts import throw_draft_away
from mentoring_ext.applications.actions.interviews import end_appointments
from mentoring_ext.applications.actions.keeping import delete_application, keep_answers
from mentoring_ext.applications.actions.letters import write_letter
from mentoring_ext.applications.actions.stages import change_stage, locked, mail_on_commit, reviewers_of, undecided
from mentoring_ext.applications.kept_files import delete_unused, files_of
from mentoring_ext.applications.models import Application, Call, Draft, Purpose, Stage
from mentoring_ext.applications.privacy import empty_application


@dataclass(frozen=True)
class Applicant:
    """Who applies, with what: ``columns`` holds the application's typed columns by name, ``answers`` the rest by code.

    ``version`` is the form that was answered; None takes the one that the call asks.
    """

    email: str
    columns: Mapping[str, Any]
    answers: Mapping[str, Any] = field(default_factory=dict)
    user: User | None = None
    version: Version | None = None


@transaction.atomic
def apply(call: Call, *, applicant: Applicant, form_key: UUID, at: datetime, today: date) -> Application:
    """Keep an application and mail the link that confirms the address; the same form twice makes one.

    Somebody signed in whose account has this address needs no confirmation. A confirmed application of the same
    address stays as it is, and only its owner learns of it, by mail; an unconfirmed one is replaced, so that older
    links end. The form's draft goes. Raises ``CallClosed`` ("call_closed").
    """
    if not call.is_open(today):
        raise errors.CallClosed
    sent = Application.objects.filter(form_key=form_key).first()
    if sent:
        return sent
    application = _keep_or_leave(call, applicant, form_key, at)
    draft = Draft.objects.filter(key=form_key).first()
    if draft:
        throw_draft_away(draft, actor=applicant.user)
    return application


def _keep_or_leave(call: Call, applicant: Applicant, form_key: UUID, at: datetime) -> Application:
    earlier = Application.objects.select_for_update().filter(call=call, email__iexact=applicant.email).first()
    if earlier and earlier.stage != Stage.UNCONFIRMED:
        mail_on_commit(earlier, "again")
        return earlier
    if earlier:
        delete_application(earlier)
    try:
        with transaction.atomic():
            return _keep(call, applicant, form_key, at)
    except IntegrityError:
        # The same form arrived twice at once, and the other one was kept.
        return Application.objects.get(call=call, email__iexact=applicant.email)


def _keep(call: Call, applicant: Applicant, form_key: UUID, at: datetime) -> Application:
    application = Application.objects.create(
        call=call,
        version=applicant.version or call.version,
        user=applicant.user,
        email=applicant.email,
        form_key=form_key,
        applied_at=at,
        consented_at=at,
        **applicant.columns,
    )
    keep_answers(application, applicant.answers, at=at)
    record("applied", application, actor=applicant.user, context=call, at=at)
    if applicant.user and applicant.user.email.lower() == applicant.email.lower():
        return confirm_application(application, at=at)
    mail_on_commit(application, "confirm")
    return application


@transaction.atomic
def confirm_application(application: Application, *, at: datetime) -> Application:
    """Take the application in, now that the address is known to be right; a second time changes nothing."""
    application = locked(application)
    if application.stage != Stage.UNCONFIRMED:
        return application
    application.confirmed_at = at
    change_stage(application, Stage.RECEIVED, actor=application.user, at=at)
    record("confirmed", application, actor=application.user, context=application.call, at=at)
    _tell_reviewers(application, _("%(name)s applied as a mentor: %(call)s."))
    write_letter(application, purpose=Purpose.RECEIVED, actor=None, at=at)
    return application


def _tell_reviewers(application: Application, text: str) -> None:
    words = text % {"name": application, "call": application.call}
    notify(reviewers_of(application), "application_received", words, application.get_absolute_url())


@transaction.atomic
def change_application(application: Application, *, applicant: Applicant, at: datetime) -> Application:
    """Put other answers in place of those sent, as long as nobody has begun to read them; the address stays.

    Raises ``NoLongerEditable`` ("no_longer_editable").
    """
    application = locked(application)
    if not application.is_editable:
        raise errors.NoLongerEditable
    before = files_of(application)
    for name, value in applicant.columns.items():
        setattr(application, name, value)
    application.save()
    keep_answers(application, applicant.answers, at=at)
    delete_unused(before, actor=application.user)
    record("changed", application, actor=application.user, context=application.call, at=at)
    return application


@transaction.atomic
def withdraw_application(application: Application, *, at: datetime) -> Application:
    """Take one's own application back. Raises ``AlreadyDecided`` ("already_decided")."""
    application = undecided(application)
    end_appointments(application, actor=None, at=at)
    change_stage(application, Stage.WITHDRAWN, actor=application.user, at=at)
    record("withdrew", application, actor=application.user, context=application.call, at=at)
    _tell_reviewers(application, _("%(name)s took the application back: %(call)s."))
    return application


@transaction.atomic
def erase_application(application: Application, *, at: datetime) -> Application:
    """Empty one's own application for good; it is withdrawn where nobody had decided yet.

    Only the stages it went through stay, without a name, for the counts.
    """
    application = locked(application)
    if application.is_undecided:
        application = withdraw_application(application, at=at)
    actor = application.user
    empty_application(application, actor, at)
    record("erased", application, actor=actor, context=application.call, at=at)
    return application
