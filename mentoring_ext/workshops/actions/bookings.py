"""Places in a workshop, and its waiting list."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import User
from mentoring_ext.workshops.errors import BookingClosed, HoldsIt, NotBooked
from mentoring_ext.workshops.models import Booking, Workshop


@transaction.atomic
def book_place(workshop: Workshop, *, actor: User, at: datetime) -> Booking:
    """Give the person a place, or one on the waiting list when all are taken; once more changes nothing.

    Raises ``BookingClosed`` ("booking_closed") and ``HoldsIt`` ("holds_it").
    """
    workshop = locked(workshop)
    if workshop.held_by_id == actor.pk:
        raise HoldsIt
    before = workshop.bookings.filter(user=actor).first()
    if before and before.state != Booking.State.GIVEN_BACK:
        return before
    if not workshop.takes_bookings(at):
        raise BookingClosed
    booking = before or Booking(workshop=workshop, user=actor)
    booking.state = Booking.State.BOOKED if _free_places(workshop) else Booking.State.WAITING
    booking.booked_at = at
    booking.save()
    record("joined", workshop, actor=actor, context=workshop.organisation, data={"state": booking.state}, at=at)
    return booking


@transaction.atomic
def give_place_back(workshop: Workshop, *, actor: User, at: datetime) -> Booking:
    """Give a place back; who waits longest gets it and is told. Raises ``NotBooked`` and ``BookingClosed``."""
    workshop = locked(workshop)
    booking = workshop.bookings.held().filter(user=actor).first()
    if booking is None:
        raise NotBooked
    if workshop.starts_at <= at:
        raise BookingClosed
    booking.state = Booking.State.GIVEN_BACK
    booking.save(update_fields=["state"])
    record("left", workshop, actor=actor, context=workshop.organisation, at=at)
    fill_places(workshop)
    return booking


def fill_places(workshop: Workshop) -> None:
    """Give free places to those who wait longest, and tell them; the workshop is locked by the caller."""
    waiting = workshop.bookings.filter(state=Booking.State.WAITING).select_related("user")
    moved_up = list(waiting[: max(0, _free_places(workshop))])
    for booking in moved_up:
        booking.state = Booking.State.BOOKED
        booking.save(update_fields=["state"])
    text = _("You have a place now: “%(workshop)s”.") % {"workshop": workshop}
    notify([booking.user for booking in moved_up], "workshop", text, workshop.get_absolute_url())


def locked(workshop: Workshop) -> Workshop:
    """Return the workshop as it stands now, held until the end of the transaction."""
    return Workshop.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=workshop.pk)


def holders_of(workshop: Workshop) -> list[User]:
    """Return everybody who has a place or waits for one."""
    return [booking.user for booking in workshop.bookings.held().select_related("user")]


def _free_places(workshop: Workshop) -> int:
    return workshop.places - workshop.bookings.filter(state=Booking.State.BOOKED).count()
