"""What a coordinator does with a registration."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.people.actions import make_code
from lms.people.models import User
from lms.privacy.actions import record_reading
from mentoring_ext.registrations import errors
from mentoring_ext.registrations.actions.joining import let_join
from mentoring_ext.registrations.actions.states import change_state, locked, mail_on_commit, places_left
from mentoring_ext.registrations.actions.waiting import move_up
from mentoring_ext.registrations.models import HOLDS_PLACE, Registration, State

TO_DECIDE = {State.RECEIVED, State.WAITING}


@transaction.atomic
def accept_registration(registration: Registration, *, actor: User, at: datetime) -> Registration:
    """Give the person a place: account, cohort as mentee, training.

    Raises ``AlreadyDecided``, ``NoPlaceLeft``, ``OtherRoleInCohort`` and ``CohortFinished``.
    """
    registration = locked(registration)
    if registration.state not in TO_DECIDE:
        raise errors.AlreadyDecided
    if not places_left(registration.opening):
        raise errors.NoPlaceLeft
    let_join(registration, actor=actor, at=at)
    return registration


@transaction.atomic
def put_on_waiting_list(registration: Registration, *, actor: User, at: datetime) -> Registration:
    """Put the person at the end of the waiting list; with a free place they are offered it at once.

    Raises ``AlreadyDecided``.
    """
    registration = locked(registration)
    if registration.state != State.RECEIVED:
        raise errors.AlreadyDecided
    change_state(registration, State.WAITING, actor=actor, at=at)
    record("moved", registration, actor=actor, context=registration.opening.cohort, data={"state": "waiting"}, at=at)
    if not move_up(registration.opening, at=at):
        mail_on_commit(registration, "waiting")
    return registration


@transaction.atomic
def decline_registration(registration: Registration, *, actor: User, answer: str, at: datetime) -> Registration:
    """Say no, with the reason, which the person gets by mail. Raises ``AnswerMissing`` and ``AlreadyDecided``."""
    if not answer.strip():
        raise errors.AnswerMissing
    registration = locked(registration)
    if not registration.is_undecided:
        raise errors.AlreadyDecided
    held = registration.state in HOLDS_PLACE
    registration.answer = answer.strip()
    change_state(registration, State.DECLINED, actor=actor, at=at)
    record("declined", registration, actor=actor, context=registration.opening.cohort, at=at)
    mail_on_commit(registration, "declined")
    if held:
        move_up(registration.opening, at=at)
    return registration


@transaction.atomic
def read_registration(registration: Registration, *, reader: User, at: datetime) -> None:
    """Write down that somebody opened a registration, for the person to see."""
    what = _("Your registration: %(opening)s") % {"opening": registration.opening}
    record_reading(registration, reader=reader, about=registration.user, what=what, at=at)


@transaction.atomic
def make_letter_code(registration: Registration, *, actor: User, at: datetime) -> str:
    """Return a one-time code for the letter to an accepted person without e-mail; the one before becomes void.

    Raises ``AlreadyDecided`` for somebody who has no account by this registration, an address of their own, or a
    password by now, which is no matter of this letter.
    """
    person = registration.user
    if person is None or registration.state != State.ACCEPTED or person.email or person.has_usable_password():
        raise errors.AlreadyDecided
    reason = _("letter to %(name)s") % {"name": registration}
    return make_code(person, actor=actor, reason=reason, at=at)
