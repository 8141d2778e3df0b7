"""Makers of workshops and consultations."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.workshops.models import Consultation, Workshop
from tests.make.lms import make_organisation, make_user
from tests.make.numbers import numbers
from tests.make.times import JANUARY


def make_workshop(**fields: Any) -> Workshop:
    """Make an announced workshop of three hours in the year 2100."""
    starts_at = fields.pop("starts_at", datetime(2100, 5, 4, 15, tzinfo=UTC))
    defaults = {
        "organisation": None,
        "title": f"Workshop {next(numbers)}",
        "text": "What it is about.",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=3),
        "book_until": starts_at - timedelta(days=1),
        "place": "Library",
        "state": "announced",
    } | fields
    return Workshop.objects.create(**defaults | {"organisation": defaults["organisation"] or make_organisation()})


def make_consultation(group: MentoringGroup, **fields: Any) -> Consultation:
    """Make a request for help that nobody has answered, for a year from 2100 on."""
    defaults = {
        "consultant": None,
        "asked_by": group.mentor,
        "organisation": group.cohort.organisation,
        "group": group,
        "scope": "What is hard.",
        "starts_on": date(2100, 1, 1),
        "ends_on": date(2100, 12, 31),
        "asked_at": JANUARY,
    } | fields
    return Consultation.objects.create(**defaults | {"consultant": defaults["consultant"] or make_user()})
