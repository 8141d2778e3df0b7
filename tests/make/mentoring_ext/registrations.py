"""Makers of registrations of mentees."""

from datetime import date
from typing import Any

from lms.questionnaires.spec import QuestionSpec
from mentoring_ext.registrations.models import Opening, Registration
from mentoring_ext.registrations.tokens import new_code
from tests.make.lms import make_version
from tests.make.mentoring_ext.programmes import make_cohort, make_coordinator
from tests.make.numbers import numbers
from tests.make.times import AUTUMN


def make_opening(**fields: Any) -> Opening:
    """Make a registration for a cohort with a coordinator; its form asks name, address and one condition."""
    if "cohort" not in fields:
        fields["cohort"] = make_cohort()
        make_coordinator(fields["cohort"])
    if "version" not in fields:
        fields["version"] = make_version(
            QuestionSpec("first-name", "text", "First name", field="first_name"),
            QuestionSpec("last-name", "text", "Family name", field="last_name"),
            QuestionSpec("email", "email", "E-mail address", field="email", required=False),
            QuestionSpec("adult", "yes_no", "Are you 18 or older?"),
            use="registration",
        )
    defaults = {
        "title": f"Registration {next(numbers)}",
        "text": "Learn with a mentor.",
        "opens_on": date(2026, 9, 1),
        "closes_on": date(2026, 9, 30),
        "places": 3,
    }
    return Opening.objects.create(**defaults | fields)


def make_registration(opening: Opening, **fields: Any) -> Registration:
    """Make a registration that waits for a decision."""
    number = next(numbers)
    defaults = {
        "first_name": "Person",
        "last_name": f"Number{number}",
        "email": f"registered{number}@example.org",
        "code": new_code(),
        "state": "received",
        "since": AUTUMN,
    }
    return Registration.objects.create(opening=opening, **defaults | fields)
