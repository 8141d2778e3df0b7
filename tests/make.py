"""Makers of what tests need, ordered by room: each returns a saved object, with every field open to change."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password

from lms.notices.models import Notice
from lms.people.models import Department, Organisation, OrganisationMembership, SiteRole, User
from mentoring_ext.applications.models import Application, Call, Stage
from mentoring_ext.profiles.models import MenteeProfile, MentorProfile
from mentoring_ext.programmes.models import Cohort, CohortMembership, Phase, Programme, Role

PASSWORD = "a-long-enough-password"
_numbers: Iterator[int] = count(1)


# lms.people
def make_organisation(**fields: Any) -> Organisation:
    number = next(_numbers)
    defaults = {"name": f"Organisation {number}", "slug": f"organisation-{number}", "country": "GR"}
    return Organisation.objects.create(**defaults | fields)


def make_department(**fields: Any) -> Department:
    if "organisation" not in fields:
        fields["organisation"] = make_organisation()
    return Department.objects.create(**{"name": f"Department {next(_numbers)}"} | fields)


def make_user(**fields: Any) -> User:
    """Make a person who signs in with ``PASSWORD``; ``password`` gives another."""
    number = next(_numbers)
    defaults = {
        "username": f"person{number}",
        "email": f"person{number}@example.org",
        "first_name": "Person",
        "last_name": f"Number{number}",
        "password": make_password(fields.pop("password", PASSWORD)),
    }
    return User.objects.create(**defaults | fields)


def make_manager(organisation: Organisation, **fields: Any) -> User:
    """Make a person who manages the organisation."""
    user = make_user(organisation=organisation, **fields)
    role = OrganisationMembership.Role.MANAGER
    OrganisationMembership.objects.create(user=user, organisation=organisation, role=role)
    return user


def make_trainer(**fields: Any) -> User:
    return _with_site_role(SiteRole.Role.TRAINER, **fields)


def make_editor(**fields: Any) -> User:
    return _with_site_role(SiteRole.Role.EDITOR, **fields)


def make_administrator(**fields: Any) -> User:
    return _with_site_role(SiteRole.Role.ADMINISTRATOR, **{"is_staff": True, "is_superuser": True} | fields)


def _with_site_role(role: SiteRole.Role, **fields: Any) -> User:
    user = make_user(**fields)
    SiteRole.objects.create(user=user, role=role)
    return user


# lms.notices
def make_notice(recipient: User, **fields: Any) -> Notice:
    defaults = {"recipient": recipient, "kind": "cohort_joined", "text": "Something happened", "url": "/home/"}
    return Notice.objects.create(**defaults | fields)


# mentoring_ext.programmes
def make_programme(**fields: Any) -> Programme:
    """Make a programme with one phase, which is what a cohort needs to start in."""
    number = next(_numbers)
    programme = Programme.objects.create(
        **{"name": f"Programme {number}", "slug": f"programme-{number}", "summary": "Learning together."} | fields
    )
    Phase.objects.create(programme=programme, code=Phase.Code.LAUNCH, name="Launch", text="The start.")
    return programme


def make_cohort(**fields: Any) -> Cohort:
    programme = fields.pop("programme", None) or make_programme()
    starts_on = fields.setdefault("starts_on", date(2026, 9, 1))
    defaults = {
        "programme": programme,
        "name": f"Cohort {next(_numbers)}",
        "country": "GR",
        "ends_on": starts_on + timedelta(weeks=26),
        "opened_at": datetime(2026, 8, 1, 12, tzinfo=UTC),
        "phase": programme.phases.get(code=Phase.Code.LAUNCH),
    }
    if "organisation" not in fields:
        fields["organisation"] = make_organisation()
    return Cohort.objects.create(**defaults | fields)


def make_member(cohort: Cohort, role: str, **fields: Any) -> User:
    """Make a person with this role in the cohort; ``user`` takes one who is there."""
    user: User = fields.pop("user", None) or make_user(**fields)
    CohortMembership.objects.create(cohort=cohort, user=user, role=role, joined_at=cohort.opened_at)
    user.__dict__.pop("_roles", None)
    return user


def make_coordinator(cohort: Cohort, **fields: Any) -> User:
    return make_member(cohort, Role.COORDINATOR, **fields)


# mentoring_ext.profiles
SHEET: dict[str, Any] = {
    "state": "complete",
    "consented_at": datetime(2026, 8, 2, 12, tzinfo=UTC),
    "first_language": "el",
    "languages": ["el", "en"],
    "area": "arts.visual",
    "interests": ["music", "film"],
    "motives": ["work", "confidence"],
    "objectives": ["search", "create"],
    "digital_level": {"information": 2, "content": 1, "collaboration": 1, "marketing": 0, "problems": 1},
    "style_words": 3,
    "style_plan": 2,
    "style_group": 4,
    "style_pace": 3,
    "availability": [9, 10, 11, 34, 35],
    "online": True,
    "in_person": False,
    "support": ["steps", "practice"],
    "guidance": 3,
}


def make_mentor_profile(**fields: Any) -> MentorProfile:
    """Make a complete sheet of a mentor who stands in the mentors' database."""
    own: dict[str, Any] = {
        "origin": MentorProfile.Origin.EXTERNAL,
        "entered_at": datetime(2026, 8, 1, 12, tzinfo=UTC) + timedelta(minutes=next(_numbers)),
        "country": "GR",
        "headline": "Designer and trainer",
        "competences": ["content", "teaching"],
        "groups_before": 1,
        "capacity": 3,
        "digital_level": {"information": 4, "content": 4, "collaboration": 3, "marketing": 2, "problems": 3},
    }
    fields.setdefault("user", None)
    fields["user"] = fields["user"] or make_user()
    return MentorProfile.objects.create(**SHEET | own | fields)


def make_mentee_profile(**fields: Any) -> MenteeProfile:
    """Make a complete sheet of a mentee."""
    own: dict[str, Any] = {"goals": "Sell my jewellery on the internet.", "mixed_gender": "yes"}
    fields.setdefault("user", None)
    fields["user"] = fields["user"] or make_user()
    return MenteeProfile.objects.create(**SHEET | own | fields)


# mentoring_ext.applications
def make_call(**fields: Any) -> Call:
    """Make a call that is open all the time."""
    number = next(_numbers)
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
    return Call.objects.create(**defaults | fields)


def make_application(**fields: Any) -> Application:
    """Make an application that arrived with its address confirmed."""
    number = next(_numbers)
    if "call" not in fields:
        fields["call"] = make_call()
    applied_at = fields.setdefault("applied_at", datetime(2026, 9, 2, 12, tzinfo=UTC))
    defaults = {
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
