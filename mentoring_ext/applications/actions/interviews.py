"""Interviews: offering times, answering, moving, calling off, and what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from lms.agenda.calendar_file import CANCEL, PUBLISH, REQUEST, Entry, calendar_file
from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import User
from mentoring_ext.applications import errors
from mentoring_ext.applications.actions.letters import when, write_letter
from mentoring_ext.applications.actions.stages import change_stage, reviewers_of, undecided
from mentoring_ext.applications.letter_tasks import own_page
from mentoring_ext.applications.models import (
    Application,
    Appointment,
    AppointmentTime,
    Interview,
    Letter,
    Purpose,
    Stage,
)
from mentoring_ext.applications.models.interview import new_uid

BEFORE_INTERVIEW = (Stage.RECEIVED, Stage.SCREENING)


@dataclass(frozen=True)
class Offer:
    """What a coordinator offers: one or several times, where, for how long, and who talks."""

    times: Sequence[datetime]
    host: User
    place: str = ""
    link: str = ""
    minutes: int = 45


def _check(offer: Offer, at: datetime) -> None:
    if not offer.place and not offer.link:
        raise errors.PlaceOrLink
    for number, time in enumerate(offer.times, start=1):
        if time <= at:
            raise errors.TimeIsPast(field=f"time_{number}")
    if not offer.times:
        raise errors.TimeIsPast(_("Offer at least one time."))


@transaction.atomic
def offer_interview(application: Application, *, actor: User, offer: Offer, at: datetime) -> Appointment:
    """Offer times for an interview, or change what was offered or fixed; the applicant is written to.

    An application that was not at the interview yet moves there. A fixed time that is among the new ones stays fixed.
    Raises ``AlreadyDecided`` ("already_decided"), ``PlaceOrLink`` ("place_or_link") and ``TimeIsPast``
    ("time_is_past").
    """
    application = undecided(application)
    _check(offer, at)
    if application.stage in BEFORE_INTERVIEW:
        change_stage(application, Stage.INTERVIEW, actor=actor, at=at)
    standing = Appointment.objects.select_for_update().standing().filter(application=application).first()
    appointment = _changed(standing, offer, actor, at) if standing else _new(application, offer, actor, at)
    record("scheduled", appointment, actor=actor, context=application, at=at)
    return appointment


def _new(application: Application, offer: Offer, actor: User, at: datetime) -> Appointment:
    appointment = Appointment(application=application, offered_at=at)
    _take_over(appointment, offer)
    calendar = _tentative(appointment, offer, at)
    _post(appointment, Purpose.INVITATION, actor, at, offer.times, calendar, REQUEST)
    return appointment


def _changed(appointment: Appointment, offer: Offer, actor: User, at: datetime) -> Appointment:
    stays = appointment.state == Appointment.State.CONFIRMED and list(offer.times) == [appointment.starts_at]
    was_at = appointment.starts_at or _only_time(appointment)
    appointment.sequence += 1
    method, calendar = REQUEST, ""
    if appointment.in_calendar and was_at and len(offer.times) > 1:
        method, calendar = CANCEL, _file(appointment, was_at, CANCEL, at)
        appointment.uid, appointment.sequence, appointment.in_calendar = new_uid(), 0, False
    if not stays:
        appointment.state, appointment.starts_at = Appointment.State.OFFERED, None
    _take_over(appointment, offer)
    if not calendar:
        calendar = _file(appointment, offer.times[0], REQUEST, at) if stays else _tentative(appointment, offer, at)
    _post(appointment, Purpose.CHANGED, actor, at, offer.times, calendar, method)
    return appointment


def _only_time(appointment: Appointment) -> datetime | None:
    times = list(appointment.times.values_list("starts_at", flat=True)[:2])
    return times[0] if len(times) == 1 else None


def _take_over(appointment: Appointment, offer: Offer) -> None:
    appointment.host, appointment.place, appointment.link = offer.host, offer.place, offer.link
    appointment.minutes, appointment.wish = offer.minutes, ""
    appointment.save()
    appointment.times.all().delete()
    times = sorted(set(offer.times))
    AppointmentTime.objects.bulk_create(AppointmentTime(appointment=appointment, starts_at=time) for time in times)


def _tentative(appointment: Appointment, offer: Offer, at: datetime) -> str:
    """Return the file that pencils the only time in; nothing where several are offered."""
    if len(offer.times) != 1:
        return ""
    appointment.in_calendar = True
    appointment.save(update_fields=["in_calendar"])
    return _file(appointment, offer.times[0], REQUEST, at)


def _post(
    appointment: Appointment,
    purpose: Purpose,
    actor: User | None,
    at: datetime,
    times: Sequence[datetime],
    calendar: str,
    method: str,
) -> Letter:
    return write_letter(
        appointment.application,
        purpose=purpose,
        actor=actor,
        at=at,
        appointment=appointment,
        times=sorted(times),
        calendar=calendar,
        method=method if calendar else "",
    )


def _file(appointment: Appointment, starts_at: datetime, method: str, at: datetime) -> str:
    return calendar_file(_entry(appointment, starts_at, for_host=method == PUBLISH), method=method, at=at)


def _entry(appointment: Appointment, starts_at: datetime, *, for_host: bool) -> Entry:
    application, host = appointment.application, appointment.host
    organisation = application.call.organisation
    path = application.get_absolute_url()
    return Entry(
        uid=appointment.uid,
        sequence=appointment.sequence,
        title=_("Talk: %(name)s and %(organisation)s") % {"name": application, "organisation": organisation},
        text=settings.SITE_URL + path if for_host else own_page(application),
        starts_at=starts_at,
        minutes=appointment.minutes,
        place=appointment.place,
        link=appointment.link,
        organiser=(str(host or organisation), settings.DEFAULT_FROM_EMAIL),
        guest=(str(application), application.email),
        tentative=appointment.state != Appointment.State.CONFIRMED,
    )


def calendar_of(appointment: Appointment, *, for_host: bool, at: datetime) -> str:
    """Return a confirmed interview as a calendar file for the host or for the applicant.

    Raises ``NoAppointment`` ("no_appointment").
    """
    if appointment.state != Appointment.State.CONFIRMED or appointment.starts_at is None:
        raise errors.NoAppointment
    return calendar_file(_entry(appointment, appointment.starts_at, for_host=for_host), method=PUBLISH, at=at)


def _standing(application: Application) -> Appointment:
    found = Appointment.objects.select_for_update(of=("self",)).standing().filter(application=application)
    appointment = found.select_related("application__call__organisation", "application__user", "host").first()
    if appointment is None:
        raise errors.NoAppointment
    return appointment


@transaction.atomic
def confirm_time(application: Application, *, time: int, at: datetime) -> Appointment:
    """Fix one of the offered times, as the applicant; the same one twice changes nothing.

    Raises ``AlreadyDecided`` ("already_decided"), ``NoAppointment`` ("no_appointment") and ``TimeGone``
    ("time_gone").
    """
    appointment = _standing(undecided(application))
    chosen = appointment.times.filter(pk=time, starts_at__gt=at).first()
    if chosen is None:
        raise errors.TimeGone
    if appointment.state == Appointment.State.CONFIRMED and appointment.starts_at == chosen.starts_at:
        return appointment
    appointment.state, appointment.starts_at = Appointment.State.CONFIRMED, chosen.starts_at
    appointment.answered_at, appointment.wish = at, ""
    appointment.sequence += appointment.in_calendar
    appointment.in_calendar = True
    appointment.save()
    calendar = _file(appointment, chosen.starts_at, REQUEST, at)
    _post(appointment, Purpose.CONFIRMED, appointment.host, at, [], calendar, REQUEST)
    record("confirmed", appointment, actor=application.user, context=application, at=at)
    words = {"name": application, "time": when(chosen.starts_at)}
    _tell_hosts(appointment, _("%(name)s confirmed the interview: %(time)s.") % words)
    return appointment


@transaction.atomic
def ask_other_time(application: Application, *, wish: str, at: datetime) -> Appointment:
    """Ask for another time, as the applicant, in words; what is fixed stays in calendars until it is changed.

    Raises ``AlreadyDecided`` ("already_decided"), ``NoAppointment`` ("no_appointment") and ``WishMissing``
    ("wish_missing").
    """
    if not wish.strip():
        raise errors.WishMissing
    appointment = _standing(undecided(application))
    appointment.state, appointment.wish = Appointment.State.OTHER_ASKED, wish.strip()
    appointment.answered_at = at
    appointment.save()
    record("changed", appointment, actor=application.user, context=application, at=at)
    _tell_hosts(appointment, _("%(name)s asks for another time for the interview.") % {"name": application})
    return appointment


def _tell_hosts(appointment: Appointment, text: str) -> None:
    people = {*reviewers_of(appointment.application), *([appointment.host] if appointment.host else [])}
    notify(people, "interview", text, f"{appointment.application.get_absolute_url()}#interview")


@transaction.atomic
def cancel_interview(application: Application, *, actor: User | None, at: datetime) -> Appointment:
    """Call the interview off and take it out of the applicant's calendar. Raises ``NoAppointment``."""
    appointment = _standing(application)
    was_at = appointment.starts_at or _only_time(appointment)
    appointment.state = Appointment.State.CANCELLED
    appointment.sequence += 1
    appointment.save()
    calendar = _file(appointment, was_at, CANCEL, at) if appointment.in_calendar and was_at else ""
    _post(appointment, Purpose.CANCELLED, actor, at, [was_at] if was_at else [], calendar, CANCEL)
    record("declined", appointment, actor=actor, context=application, at=at)
    return appointment


def end_appointments(application: Application, *, actor: User | None, at: datetime) -> None:
    """Call off an interview that is still to come, because the application has come to its end."""
    standing = Appointment.objects.standing().filter(application=application).first()
    if standing and (standing.starts_at is None or standing.starts_at > at):
        cancel_interview(application, actor=actor, at=at)


@transaction.atomic
def record_interview(
    application: Application,
    *,
    actor: User,
    held_on: date,
    answers: Sequence[dict[str, str]],
    impression: str,
    at: datetime,
    interview: Interview | None = None,
) -> Interview:
    """Keep what was said in an interview; ``interview`` is one's own record that is written on."""
    kept = interview or Interview(application=application, author=actor)
    kept.held_on, kept.answers, kept.impression, kept.written_at = held_on, list(answers), impression, at
    kept.save()
    record("wrote", kept, actor=actor, context=application, at=at)
    return kept
