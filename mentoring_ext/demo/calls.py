"""The demo's call for mentors, and those who applied."""

from typing import Any
from uuid import UUID

from mentoring_ext.applications.actions import (
    Applicant,
    apply,
    confirm_application,
    decline_application,
    move_application,
    note_on_application,
    open_call,
)
from mentoring_ext.applications.models import Application, Call, Stage
from mentoring_ext.demo.people import MAIL_DOMAIN, Demo
from mentoring_ext.profiles.choices import Competence
from mentoring_ext.programmes.models import Cohort


def receive_applications(demo: Demo, cohort: Cohort) -> None:
    """Open a call for a cohort and bring each applicant of the cast to the stage that it names."""
    row = demo.words["call"]
    call = open_call(
        cohort,
        actor=demo.people["coordinator"],
        title=row["title"],
        text=row["text"],
        opens_on=demo.ago(weeks=2).date(),
        closes_on=demo.ago(weeks=-4).date(),
        at=demo.ago(weeks=2),
    )
    for place, applicant in enumerate(demo.cast["applicants"]):
        _review(demo, _receive(demo, call, applicant, days=10 - 2 * place), applicant["stage"])


def _receive(demo: Demo, call: Call, row: dict[str, Any], *, days: int) -> Application:
    at = demo.ago(days=days)
    answers = {
        "first_name": row["first_name"],
        "last_name": row["last_name"],
        "country": row["country"],
        "headline": row["headline"],
        "competences": demo.some(Competence.values, 2, 4),
        "experience": demo.random.choice(demo.words["experience"]),
        "motivation": demo.random.choice(demo.words["motivations"]),
    }
    email = f"{row['first_name']}.{row['last_name']}@{MAIL_DOMAIN}".lower()
    key = UUID(int=demo.random.getrandbits(128), version=4)
    application = apply(call, applicant=Applicant(email=email, answers=answers), form_key=key, at=at, today=at.date())
    return confirm_application(application, at=at)


def _review(demo: Demo, application: Application, stage: str) -> None:
    coordinator, at = demo.people["coordinator"], demo.ago(days=1)
    if stage == Stage.DECLINED:
        decline_application(application, actor=coordinator, answer=demo.words["call"]["answer"], at=at)
    elif stage != Stage.RECEIVED:
        move_application(application, actor=coordinator, stage=stage, at=at)
        note_on_application(application, actor=coordinator, text=demo.words["call"]["note"], at=at)
