"""The demo's registration of mentees: some to read, one accepted, and a waiting list."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from lms.questionnaires.actions import load_questionnaire
from mentoring_ext.demo.people import MAIL_DOMAIN, Demo
from mentoring_ext.programmes.models import Cohort
from mentoring_ext.registrations.actions import (
    Registrant,
    accept_registration,
    add_partner,
    confirm_registration,
    open_registration,
    put_on_waiting_list,
    send_registration,
    set_rules,
)
from mentoring_ext.registrations.models import EligibilityRule, Opening, Registration
from mentoring_ext.registrations.use import TEMPLATE


def register_mentees(demo: Demo, cohort: Cohort) -> None:
    """Open the registration of a cohort with two places, and let five people register."""
    row, coordinator, at = demo.words["opening"], demo.people["coordinator-ribeira"], demo.ago(days=2)
    opening = open_registration(
        cohort,
        actor=coordinator,
        version=load_questionnaire(TEMPLATE, at=at),
        opens_on=at.date(),
        closes_on=demo.ago(weeks=-4).date(),
        at=at,
        title=row["title"],
        text=row["text"],
        places=2,
    )
    rules = [EligibilityRule(question="adult", answers=["yes"], text=row["adults_only"])]
    set_rules(opening, actor=coordinator, rules=rules, at=at)
    add_partner(opening, actor=coordinator, at=at, **row["partner"])
    people = [_register(demo, opening, person, hours=hours) for hours, person in enumerate(row["people"])]
    for registration in people[:2]:
        accept_registration(registration, actor=coordinator, at=demo.ago(days=1))
    put_on_waiting_list(people[2], actor=coordinator, at=demo.ago(days=1))


def _register(demo: Demo, opening: Opening, row: dict[str, Any], *, hours: int) -> Registration:
    at = demo.ago(days=2) + timedelta(hours=hours + 1)
    email = f"{row['first_name']}.{row['last_name']}@{MAIL_DOMAIN}".lower()
    columns = {"first_name": row["first_name"], "last_name": row["last_name"], "email": email, "language": "en"}
    usual = {
        "adult": True,
        "situation": "looking",
        "time": True,
        "devices": ["phone"],
        "sure": demo.random.randint(1, 4),
        "topics": ["information", "collaboration"],
        "why": demo.words["opening"]["why"],
        "times": ["evenings"],
        "keep": True,
    }
    sent = send_registration(
        opening,
        registrant=Registrant(columns=columns, answers=usual | row.get("answers", {})),
        form_key=UUID(int=demo.random.getrandbits(128), version=4),
        at=at,
        today=at.date(),
    )
    return confirm_registration(sent, at=at)
