"""The demo's calls for mentors, and what applicants send."""

from textwrap import wrap
from typing import Any
from uuid import UUID

from lms.files.actions import store_upload
from lms.files.kinds import DOCUMENTS, PICTURES
from mentoring_ext.applications.actions import Applicant, apply, confirm_application, open_call, shipped_version
from mentoring_ext.applications.models import Application, Audience, Call
from mentoring_ext.demo.people import MAIL_DOMAIN, Demo
from mentoring_ext.demo.portraits import paper, portrait
from mentoring_ext.profiles.choices import Competence, Language
from mentoring_ext.programmes.models import Cohort


def open_demo_call(demo: Demo, cohort: Cohort, row: dict[str, Any], audience: Audience) -> Call:
    """Open a call of six weeks that asks the form that ships for the audience."""
    at = demo.ago(weeks=2)
    return open_call(
        cohort,
        actor=demo.people["coordinator"],
        title=row["title"],
        text=row["text"],
        opens_on=at.date(),
        closes_on=demo.ago(weeks=-4).date(),
        answers_by=demo.ago(weeks=-6).date(),
        version=shipped_version(audience, at=at),
        at=at,
    )


def receive(demo: Demo, call: Call, row: dict[str, Any], *, days: float) -> Application:
    """Let somebody of the cast apply with everything that the form asks, and confirm the address."""
    at = demo.ago(days=days)
    name = f"{row['first_name']}.{row['last_name']}".lower()
    experience = demo.random.choice(demo.words["experience"])
    lines = [f"{row['first_name']} {row['last_name']}", row["headline"], *wrap(experience, 60)]
    columns = {
        "first_name": row["first_name"],
        "last_name": row["last_name"],
        "country": row["country"],
        "headline": row["headline"],
        "competences": demo.some(Competence.values, 2, 4),
        "languages": [Language.ENGLISH, *demo.some([Language.GREEK, Language.GERMAN, Language.ITALIAN], 0, 2)],
        "experience": experience,
        "motivation": demo.random.choice(demo.words["motivations"]),
        "picture": store_upload(portrait(demo.random, name), actor=None, kinds=PICTURES),
        "cv": store_upload(paper(name, lines), actor=None, kinds=DOCUMENTS),
    }
    applicant = Applicant(email=f"{name}@{MAIL_DOMAIN}", columns=columns, answers=_answers(demo, row))
    key = UUID(int=demo.random.getrandbits(128), version=4)
    application = apply(call, applicant=applicant, form_key=key, at=at, today=at.date())
    return confirm_application(application, at=at)


def _answers(demo: Demo, row: dict[str, Any]) -> dict[str, Any]:
    """Return the answers of the form that ships; an applicant's own stand in the cast."""
    numbers = {
        "digital-sure": demo.random.randint(3, 5),
        "cultural-years": demo.random.randint(3, 25),
        "hours-a-week": demo.random.randint(2, 5),
    }
    usual: dict[str, Any] = demo.words["application_answers"]
    own: dict[str, Any] = row.get("answers", {})
    return usual | numbers | {"cultural-what": row["headline"]} | own
