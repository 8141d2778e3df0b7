"""What the tests of workshops share: a planner, a workshop, and mentors who come."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.test import Client

from lms.people.models import User
from mentoring_ext.workshops import actions
from mentoring_ext.workshops.models import Consultation, Workshop
from tests import make

START = datetime(2100, 5, 4, 15, tzinfo=UTC)
BEFORE = START - timedelta(days=10)
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"


def values_of(**changed: Any) -> dict[str, Any]:
    return {
        "title": "Prepare for mentoring",
        "text": "Six topics.",
        "prepares": True,
        "starts_at": START,
        "ends_at": START + timedelta(hours=3),
        "place": "Library",
        "link": "",
        "places": 2,
        "book_until": START - timedelta(days=1),
        "held_by": None,
    } | changed


def sign_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def planned(**changed: Any) -> tuple[Workshop, User]:
    """Return an announced workshop with its planner."""
    planner = make.make_manager(make.make_organisation())
    values = values_of(**changed)
    workshop = actions.plan_workshop(None, actor=planner, organisation=planner.organisation, values=values, at=BEFORE)
    return actions.announce_workshop(workshop, actor=planner, at=BEFORE), planner


def mentor() -> User:
    return make.make_mentor_profile().user


def states(workshop: Workshop) -> dict[User, str]:
    return {booking.user: booking.state for booking in workshop.bookings.select_related("user")}


def asked(**changed: Any) -> Consultation:
    group = make.make_group(mentees=1)
    values = {
        "actor": group.mentor,
        "organisation": group.cohort.organisation,
        "group": group,
        "scope": "We are stuck.",
        "starts_on": date(2026, 5, 1),
        "ends_on": date(2026, 5, 31),
        "at": BEFORE,
    } | changed
    return actions.ask_for_help(values.pop("consultant", None) or mentor(), **values)
