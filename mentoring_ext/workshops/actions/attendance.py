"""Noting who took part: certificates, and the preparation of mentors."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import User
from lms.recognition.actions import certify_attendance
from mentoring_ext.programmes.actions import forget_preparation, note_preparation
from mentoring_ext.workshops.actions.bookings import locked
from mentoring_ext.workshops.errors import CalledOff, NotYet
from mentoring_ext.workshops.models import Booking, Workshop


@transaction.atomic
def note_attendance(workshop: Workshop, *, actor: User, present: Collection[int], at: datetime) -> Workshop:
    """Note which of the booked people (ids of bookings) took part: each gets a certificate, once.

    Where the workshop prepares for mentoring, they count as prepared. Noting again mends a mistake: who was not there
    after all loses both. Raises ``NotYet`` ("not_yet") and ``CalledOff`` ("called_off").
    """
    workshop = locked(workshop)
    if workshop.state == Workshop.State.CALLED_OFF:
        raise CalledOff
    if at < workshop.starts_at:
        raise NotYet
    for booking in workshop.bookings.filter(state=Booking.State.BOOKED).select_related("user", "certificate"):
        _note(workshop, booking, booking.pk in present, actor=actor, at=at)
    workshop.attended_at = at
    workshop.save(update_fields=["attended_at"])
    record("registered", workshop, actor=actor, context=workshop.organisation, data={"present": len(present)}, at=at)
    return workshop


def _note(workshop: Workshop, booking: Booking, attended: bool, *, actor: User, at: datetime) -> None:
    if booking.attended is attended:
        return
    booking.attended = attended
    certificate, note = booking.certificate, preparation_note(workshop)
    if attended:
        booking.certificate = certify_attendance(
            booking.user, title=workshop.title, note=_when_and_where(workshop), actor=actor, context=workshop, at=at
        )
        if workshop.prepares:
            note_preparation(booking.user, actor=actor, note=note, at=workshop.ends_at)
        text = _("Your certificate for “%(workshop)s” is there.") % {"workshop": workshop}
        notify([booking.user], "workshop", text, booking.certificate.get_absolute_url(), exclude=actor)
    booking.save()
    if not attended and certificate:
        booking.certificate = None
        booking.save(update_fields=["certificate"])
        certificate.delete()
        forget_preparation(booking.user, actor=actor, note=note)


def preparation_note(workshop: Workshop) -> str:
    """Return how a preparation by this workshop is called."""
    return f"{workshop.title}, {_day(workshop)}"


def _when_and_where(workshop: Workshop) -> str:
    words = {"day": _day(workshop), "hours": f"{workshop.length.total_seconds() / 3600:g}"}
    words["place"] = workshop.place or _("online")
    return _("%(day)s, %(hours)s hours, %(place)s") % words


def _day(workshop: Workshop) -> str:
    return str(formats.date_format(timezone.localtime(workshop.starts_at), "j F Y"))
