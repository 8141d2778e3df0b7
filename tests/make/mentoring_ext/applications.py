"""Makers of calls, applications and what reviewers do with them."""

from datetime import UTC, date, datetime
from typing import Any

from lms.people.permissions import forget_roles
from lms.questionnaires.actions import compose_questionnaire, publish_version
from lms.questionnaires.models import Version
from lms.questionnaires.spec import QuestionSpec, SectionSpec
from mentoring_ext.applications.actions import start_plan
from mentoring_ext.applications.models import (
    Application,
    Appointment,
    AppointmentTime,
    Assignment,
    Call,
    Criterion,
    Interview,
    Letter,
    ReviewPlan,
    Stage,
)
from tests.make.lms import make_user
from tests.make.mentoring_ext.programmes import make_cohort
from tests.make.numbers import numbers
from tests.make.times import AUTUMN, JANUARY

APPLICATION_QUESTIONS = (
    QuestionSpec("first_name", "text", "First name", field="first_name"),
    QuestionSpec("last_name", "text", "Family name", field="last_name"),
    QuestionSpec("email", "email", "E-mail address", field="email"),
    QuestionSpec("country", "country", "Country", field="country"),
    QuestionSpec("headline", "text", "What you do", field="headline"),
    QuestionSpec("competences", "choices", "What you can help with", field="competences"),
    QuestionSpec("experience", "long_text", "Experience", field="experience"),
    QuestionSpec("motivation", "long_text", "Why", field="motivation"),
    QuestionSpec("picture", "picture", "Picture", field="picture", required=False),
    QuestionSpec("cv", "file", "Your CV", field="cv", required=False),
    QuestionSpec("taught", "yes_no", "Did you teach?", required=False),
    QuestionSpec("taught-what", "text", "What did you teach?", only_if="taught", only_if_answers=["yes"]),
    QuestionSpec("diploma", "file", "Your diploma", required=False),
)
"""What the calls of makers ask."""


def make_application_form(use: str = "application_external", **fields: Any) -> Version:
    """Make a published form of applications, or give the one that is there."""
    slug = fields.pop("slug", use.replace("_", "-") + "-made")
    there = Version.objects.published().filter(questionnaire__slug=slug).first()
    if there:
        return there
    sections = fields.pop("sections", None) or [SectionSpec("Who you are", APPLICATION_QUESTIONS)]
    heading = {"title": "Application", "use": use} | fields
    questionnaire = compose_questionnaire(slug, actor=None, sections=sections, **heading)
    return publish_version(questionnaire, actor=None, at=JANUARY)


def make_call(**fields: Any) -> Call:
    """Make a call that is open all the time."""
    number = next(numbers)
    cohort = fields.pop("cohort", None) or make_cohort()
    defaults = {
        "cohort": cohort,
        "organisation": cohort.organisation,
        "title": f"Mentors wanted {number}",
        "slug": f"mentors-wanted-{number}",
        "text": "We look for patient people.",
        "opens_on": date(2020, 1, 1),
        "closes_on": date(2100, 1, 1),
    }
    if "version" not in fields:
        defaults["version"] = make_application_form(f"application_{fields.get('audience', 'external')}")
    call = Call.objects.create(**defaults | fields)
    start_plan(call)
    return call


def make_application(**fields: Any) -> Application:
    """Make an application that arrived with its address confirmed."""
    number = next(numbers)
    if "call" not in fields:
        fields["call"] = make_call()
    applied_at = fields.setdefault("applied_at", datetime(2026, 9, 2, 12, tzinfo=UTC))
    defaults = {
        "version": fields["call"].version,
        "first_name": "Applicant",
        "last_name": f"Number{number}",
        "email": f"applicant{number}@example.org",
        "country": "GR",
        "headline": "Photographer and teacher",
        "competences": ["teaching"],
        "experience": "Ten years of courses for adults.",
        "motivation": "I like to see people grow.",
        "stage": Stage.RECEIVED,
        "consented_at": applied_at,
        "confirmed_at": applied_at,
    }
    return Application.objects.create(**defaults | fields)


def make_criterion(call: Call, **fields: Any) -> Criterion:
    """Make a criterion of weight 1; the call has no others unless they were made before."""
    ReviewPlan.objects.get_or_create(call=call)
    return Criterion.objects.create(**{"call": call, "name": f"Criterion {next(numbers)}", "weight": 1} | fields)


def make_assignment(application: Application, **fields: Any) -> Assignment:
    """Ask a person, made unless given as ``user``, to review an application."""
    user = fields.pop("user", None) or make_user()
    forget_roles(user)
    return Assignment.objects.create(application=application, user=user, assigned_at=AUTUMN, **fields)


def make_letter(application: Application, **fields: Any) -> Letter:
    """Make a letter that could not be sent."""
    defaults = {"purpose": "message", "subject": "Hello", "body": "Dear you.", "written_at": AUTUMN, "state": "failed"}
    return Letter.objects.create(**{"application": application} | defaults | fields)


def make_interview(application: Application, **fields: Any) -> Interview:
    defaults = {"held_on": AUTUMN.date(), "impression": "A good talk.", "written_at": AUTUMN}
    return Interview.objects.create(**{"application": application} | defaults | fields)


def make_appointment(application: Application, **fields: Any) -> Appointment:
    """Make an interview that is fixed for a day long from now."""
    starts_at = datetime(2099, 5, 4, 14, tzinfo=UTC)
    defaults = {"place": "Library", "state": "confirmed", "starts_at": starts_at, "offered_at": AUTUMN}
    appointment = Appointment.objects.create(**{"application": application} | defaults | fields)
    AppointmentTime.objects.create(appointment=appointment, starts_at=starts_at)
    return appointment
