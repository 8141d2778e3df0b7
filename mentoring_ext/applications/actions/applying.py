"""What an applicant does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lms.files.models import StoredFile
from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import User
from mentoring_ext.applications import errors
from mentoring_ext.applications.actions.interviews import end_appointments
from mentoring_ext.applications.actions.letters import write_letter
from mentoring_ext.applications.actions.stages import change_stage, locked, mail_on_commit, reviewers_of, undecided
from mentoring_ext.applications.models import Application, Call, Purpose, Stage


@dataclass(frozen=True)
class Applicant:
    """Who applies, with what: ``answers`` holds the application's typed columns by name."""

    email: str
    answers: Mapping[str, Any]
    cv: StoredFile | None = None
    user: User | None = None


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
        mail_on_commit(earlier, "again")
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
    text = _("%(name)s applied as a mentor: %(call)s.") % {"name": application, "call": application.call}
    notify(reviewers_of(application), "application_received", text, application.get_absolute_url())
    write_letter(application, purpose=Purpose.RECEIVED, actor=None, at=at)
    return application


@transaction.atomic
def withdraw_application(application: Application, *, at: datetime) -> Application:
    """Take one's own application back. Raises ``AlreadyDecided`` ("already_decided")."""
    application = undecided(application)
    end_appointments(application, actor=None, at=at)
    change_stage(application, Stage.WITHDRAWN, actor=application.user, at=at)
    record("withdrew", application, actor=application.user, context=application.call, at=at)
    text = _("%(name)s took the application back: %(call)s.") % {"name": application, "call": application.call}
    notify(reviewers_of(application), "application_received", text, application.get_absolute_url())
    return application
