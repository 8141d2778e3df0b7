"""Planning a workshop: its facts, programme, materials; announcing it, calling it off; the questions raised there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lms.files.actions import delete_file
from lms.files.models import StoredFile
from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import Department, Organisation, User
from lms.plugins import QUESTION_TAKERS
from mentoring_ext.workshops.actions.bookings import fill_places, holders_of, locked
from mentoring_ext.workshops.errors import AlreadyOver, CalledOff, NotYours, ReasonMissing, TooManyBooked
from mentoring_ext.workshops.models import Booking, Material, ProgrammePoint, Question, Workshop
from mentoring_ext.workshops.permissions import plans_for

MOVED = ("starts_at", "ends_at", "place", "link", "title")
"""A change of these is told to everybody who booked."""


@transaction.atomic
def plan_workshop(
    workshop: Workshop | None,
    *,
    actor: User,
    organisation: Organisation,
    department: Department | None = None,
    values: Mapping[str, Any],
    at: datetime,
) -> Workshop:
    """Plan a workshop, or change one: who booked is told of a new time or place, and places added go to the waiting.

    Who holds a workshop changes it where it is; moving it elsewhere takes a planner of that place.

    Raises ``NotYours`` ("not_yours"), ``CalledOff`` ("called_off"), ``TooManyBooked`` ("too_many_booked").
    """
    stays = workshop is not None and (workshop.organisation, workshop.department) == (organisation, department)
    if not (stays or plans_for(actor, organisation, department)):
        raise NotYours
    if workshop is None:
        workshop = Workshop.objects.create(organisation=organisation, department=department, **values)
        record("created", workshop, actor=actor, context=organisation, at=at)
        return workshop
    workshop = locked(workshop)
    _check_change(workshop, values)
    moved = any(getattr(workshop, name) != values[name] for name in MOVED)
    for name, value in values.items():
        setattr(workshop, name, value)
    workshop.organisation, workshop.department = organisation, department
    workshop.sequence += moved
    workshop.save()
    record("changed", workshop, actor=actor, context=organisation, at=at)
    if moved:
        text = _("“%(workshop)s” has changed. See when and where.") % {"workshop": workshop}
        notify(holders_of(workshop), "workshop", text, workshop.get_absolute_url(), exclude=actor)
    fill_places(workshop)
    return workshop


def _check_change(workshop: Workshop, values: Mapping[str, Any]) -> None:
    if workshop.state == Workshop.State.CALLED_OFF:
        raise CalledOff
    if workshop.bookings.filter(state=Booking.State.BOOKED).count() > values["places"]:
        raise TooManyBooked


@transaction.atomic
def announce_workshop(workshop: Workshop, *, actor: User, at: datetime) -> Workshop:
    """Open a planned workshop for booking. Raises ``CalledOff`` and ``AlreadyOver`` ("already_over")."""
    workshop = locked(workshop)
    if workshop.state == Workshop.State.CALLED_OFF:
        raise CalledOff
    if workshop.ends_at <= at:
        raise AlreadyOver
    workshop.state = Workshop.State.ANNOUNCED
    workshop.save(update_fields=["state"])
    record("published", workshop, actor=actor, context=workshop.organisation, at=at)
    return workshop


@transaction.atomic
def call_off_workshop(workshop: Workshop, *, actor: User, because: str, at: datetime) -> Workshop:
    """Call a workshop off and tell everybody who has a place or waits.

    Raises ``ReasonMissing`` ("reason_missing"), ``CalledOff`` and ``AlreadyOver``.
    """
    workshop = locked(workshop)
    if not because.strip():
        raise ReasonMissing
    if workshop.state == Workshop.State.CALLED_OFF:
        raise CalledOff
    if workshop.ends_at <= at:
        raise AlreadyOver
    workshop.state, workshop.called_off_because = Workshop.State.CALLED_OFF, because.strip()
    workshop.sequence += 1
    workshop.save()
    record("deleted", workshop, actor=actor, context=workshop.organisation, data={"because": because}, at=at)
    text = _("“%(workshop)s” is called off: %(because)s") % {"workshop": workshop, "because": because.strip()}
    notify(holders_of(workshop), "workshop", text, workshop.get_absolute_url(), exclude=actor)
    return workshop


@transaction.atomic
def write_point(
    workshop: Workshop, *, actor: User, values: Mapping[str, Any], at: datetime, point: ProgrammePoint | None = None
) -> ProgrammePoint:
    """Add a point at the end of the programme, or change ``point``."""
    point = point or ProgrammePoint(workshop=workshop)
    for name, value in values.items():
        setattr(point, name, value)
    point.save()
    record("changed", workshop, actor=actor, context=workshop.organisation, data={"point": point.title}, at=at)
    return point


@transaction.atomic
def move_point(point: ProgrammePoint, *, actor: User, place: int, at: datetime) -> ProgrammePoint:
    """Put a point at a place of the programme, 0 for the first."""
    locked(point.workshop)
    point.refresh_from_db()
    point.to(max(0, min(place, point.workshop.points.count() - 1)))
    record("moved", point.workshop, actor=actor, data={"point": point.title}, at=at)
    return point


@transaction.atomic
def remove_point(point: ProgrammePoint, *, actor: User, at: datetime) -> None:
    """Take a point out of the programme."""
    record("changed", point.workshop, actor=actor, data={"removed": point.title}, at=at)
    point.delete()


@transaction.atomic
def add_material(
    workshop: Workshop, *, actor: User, title: str, at: datetime, file: StoredFile | None = None, url: str = ""
) -> Material:
    """Give those who take part a file or a link."""
    material = Material.objects.create(workshop=workshop, title=title, file=file, url="" if file else url)
    record("uploaded", workshop, actor=actor, context=workshop.organisation, data={"material": title}, at=at)
    return material


@transaction.atomic
def remove_material(material: Material, *, actor: User, at: datetime) -> None:
    """Take a material away, with its file."""
    file = material.file
    record("changed", material.workshop, actor=actor, data={"removed": material.title}, at=at)
    material.delete()
    if file:
        delete_file(file, actor=actor)


@transaction.atomic
def ask_question(workshop: Workshop, *, actor: User, title: str, text: str, at: datetime) -> Question:
    """Keep a question that came up, and send it on to where questions are answered."""
    question = Question.objects.create(workshop=workshop, author=actor, title=title, text=text, asked_at=at)
    came_up = _("This came up in the workshop “%(workshop)s”.") % {"workshop": workshop}
    for taker in QUESTION_TAKERS.collect()[:1]:
        question.address = taker.take(actor, title, f"{text}\n{came_up}".strip(), at)
    question.save(update_fields=["address"])
    record("posted", question, actor=actor, context=workshop, at=at)
    return question
