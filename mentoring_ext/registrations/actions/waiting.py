"""Places: who gives one back, who moves up, and until when they answer."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.notices.actions import notify
from mentoring_ext.programmes.actions import leave_cohort
from mentoring_ext.programmes.models import Role
from mentoring_ext.registrations import errors
from mentoring_ext.registrations.actions.joining import let_join
from mentoring_ext.registrations.actions.states import (
    change_state,
    coordinators_of,
    locked,
    locked_opening,
    mail_on_commit,
    places_left,
)
from mentoring_ext.registrations.models import HOLDS_PLACE, Opening, Registration, State


def waiting_place(registration: Registration) -> int | None:
    """Return which place the person has on the waiting list, from 1; None for who is not on it."""
    if registration.state != State.WAITING:
        return None
    earlier = Q(since__lt=registration.since) | Q(since=registration.since, pk__lt=registration.pk)
    waiting = Registration.objects.filter(opening=registration.opening_id, state=State.WAITING)
    return waiting.filter(earlier).count() + 1


@transaction.atomic
def move_up(opening: Opening, *, at: datetime) -> list[Registration]:
    """Offer free places to those who wait longest, by mail, with a day until which they answer."""
    opening = locked_opening(opening)
    waiting = opening.registrations.select_for_update(of=("self",)).filter(state=State.WAITING)
    moved = list(waiting.order_by("since", "pk")[: places_left(opening)])
    for registration in moved:
        registration.opening = opening
        registration.answer_until = at + timedelta(days=opening.reply_days)
        change_state(registration, State.OFFERED, actor=None, at=at)
        record("moved", registration, actor=None, context=opening.cohort, data={"state": State.OFFERED}, at=at)
        mail_on_commit(registration, "offered")
    return moved


@transaction.atomic
def answer_offer(registration: Registration, *, takes: bool, at: datetime) -> Registration:
    """Take the offered place, or leave it to the next person. Raises ``AlreadyDecided`` and ``OfferOver``."""
    registration = locked(registration)
    if registration.state != State.OFFERED:
        raise errors.AlreadyDecided
    if registration.answer_until and at > registration.answer_until:
        raise errors.OfferOver
    if not takes:
        return withdraw_registration(registration, at=at)
    let_join(registration, actor=None, at=at)
    text = _("%(name)s takes the place: %(opening)s.") % {"name": registration, "opening": registration.opening}
    notify(coordinators_of(registration.opening), "registration_received", text, registration.get_absolute_url())
    return registration


@transaction.atomic
def withdraw_registration(registration: Registration, *, at: datetime) -> Registration:
    """Take one's own registration back; a place that gets free goes to the waiting list.

    Somebody who is a member by now leaves the cohort too. Raises ``AlreadyDecided``, and ``StillInGroup``
    ("still_in_group") once they are in a group, whose people must hear of it from the coordinator.
    """
    registration = locked(registration)
    if registration.state in {State.DECLINED, State.WITHDRAWN}:
        raise errors.AlreadyDecided
    if registration.state == State.ACCEPTED:
        _leave(registration, at=at)
    held = registration.state in HOLDS_PLACE
    change_state(registration, State.WITHDRAWN, actor=registration.user, at=at)
    record("withdrew", registration, actor=registration.user, context=registration.opening.cohort, at=at)
    text = _("%(name)s took the registration back: %(opening)s.")
    words = text % {"name": registration, "opening": registration.opening}
    notify(coordinators_of(registration.opening), "registration_received", words, registration.get_absolute_url())
    if held:
        move_up(registration.opening, at=at)
    return registration


def _leave(registration: Registration, *, at: datetime) -> None:
    cohort, user = registration.opening.cohort, registration.user
    member = cohort.memberships.present().filter(user=user, role=Role.MENTEE).first() if user else None
    if member and user:
        leave_cohort(member, actor=user, at=at)


def end_late_offers(at: datetime) -> int:
    """Give the places on that were offered and not answered in time; return how many offers ended."""
    late = Registration.objects.filter(state=State.OFFERED, answer_until__lt=at)
    return sum(_end(registration, at) for registration in late.select_related("opening"))


@transaction.atomic
def _end(registration: Registration, at: datetime) -> bool:
    registration = locked(registration)
    if registration.state != State.OFFERED:
        return False
    change_state(registration, State.WITHDRAWN, actor=None, at=at)
    record("lapsed", registration, actor=None, context=registration.opening.cohort, at=at)
    mail_on_commit(registration, "lapsed")
    move_up(registration.opening, at=at)
    return True
