"""Filled-in sheets of the demo's mentors and mentees."""

from datetime import datetime
from typing import Any

from lms.people.models import User
from mentoring_ext.demo.people import Demo
from mentoring_ext.profiles import choices
from mentoring_ext.profiles.actions import enter_mentor, finish_sheet, save_sheet, sheet_of
from mentoring_ext.profiles.models import MenteeProfile, MentorProfile

EVENINGS = [day * 24 + hour for day in range(5) for hour in range(17, 21)]
FRIDAY = 4 * 24
MORNINGS = [day * 24 + hour for day in range(5) for hour in range(9, 12)]


def fill_in_mentors(demo: Demo, cohort: str, *, weeks: float) -> None:
    """Enter the mentors of a cohort into the database and fill in their sheets, that many weeks ago."""
    for place, row in enumerate(demo.cast[cohort]["mentors"]):
        origin = MentorProfile.Origin.EXTERNAL if place % 2 else MentorProfile.Origin.IN_HOUSE
        fill_in_mentor(demo, {"origin": origin, "country": "GR", **row}, at=demo.ago(weeks=weeks))


def fill_in_mentor(demo: Demo, row: dict[str, Any], *, at: datetime) -> MentorProfile:
    """Enter one mentor of the cast into the database and fill in the sheet."""
    user = demo.people[row["username"]]
    profile = enter_mentor(user, origin=row["origin"], actor=demo.people["coordinator"], at=at)
    values = _shared(demo) | {
        "country": row["country"],
        "headline": row["headline"],
        "competences": demo.some(choices.Competence.values, 3, 5),
        "experience": demo.random.choice(demo.words["experience"]),
        "groups_before": demo.random.randint(0, 4),
        "support": demo.some(choices.Support.values, 3, 5),
        "guidance": demo.random.choice(choices.Guidance.values),
        "motivation": demo.random.choice(demo.words["motivations"]),
        "digital_level": {topic: demo.random.randint(2, 4) for topic in choices.Topic.values},
        "capacity": 3,
    }
    if "area" in row:
        values |= {"area": row["area"], "place": ""}
    values |= _own(row)
    finish_sheet(profile, actor=user, values=values, sensitive=_sensitive(demo, 1955, 1985), at=at)
    return profile


def fill_in_mentees(demo: Demo, cohort: str, *, weeks: float, without: int = 0) -> None:
    """Fill in the sheets of a cohort's mentees that many weeks ago; the last ``without`` have not begun."""
    rows = demo.cast[cohort]["mentees"]
    for row in rows[: len(rows) - without]:
        fill_in_mentee(demo, row, at=demo.ago(weeks=weeks))


def fill_in_mentee(demo: Demo, row: dict[str, Any], *, at: datetime) -> None:
    """Fill in the sheet of one mentee of the cast."""
    user = demo.people[row["username"]]
    values = _shared(demo) | {
        "goals": demo.random.choice(demo.words["goals"]),
        "expectations": demo.random.choice(demo.words["expectations"]),
        "motivation": demo.random.choice(demo.words["motivations"]),
        "support": demo.some(choices.Support.values, 1, 3),
        "guidance": demo.random.choice(choices.Guidance.values),
        "mixed_gender": choices.MixedGender.YES,
        "digital_level": {topic: demo.random.randint(0, 2) for topic in choices.Topic.values},
    }
    values |= _own(row)
    profile = sheet_of(user, MenteeProfile)
    finish_sheet(profile, actor=user, values=values, sensitive=_sensitive(demo, 1965, 2003), at=at)


def tell_fewer_hours(user: User, *, at: datetime) -> None:
    """Leave Friday and what follows out of a mentee's free hours."""
    profile = sheet_of(user, MenteeProfile)
    hours = [hour for hour in profile.availability if hour < FRIDAY]
    save_sheet(profile, actor=user, values={"availability": hours}, at=at)


def _shared(demo: Demo) -> dict[str, Any]:
    chance = demo.random
    return {
        "first_language": chance.choice(["el", "el", "pt", "en", "ar"]),
        "languages": ["en", *demo.some(["el", "pt", "es", "tr", "fr"], 0, 2)],
        "area": chance.choice(choices.Area.values),
        "interests": demo.some(choices.Interest.values, 3, 6),
        "motives": demo.some(choices.Motive.values, 1, 3),
        "objectives": demo.some(choices.Objective.values, 2, 5),
        **{scale: chance.randint(1, 5) for scale in choices.STYLES},
        "availability": sorted({*demo.some(EVENINGS, 9, 15), *demo.some(MORNINGS, 0, 8)}),
        "online": True,
        "in_person": chance.random() < 0.5,
        "place": "Elaia",
    }


def _own(row: dict[str, Any]) -> dict[str, Any]:
    """Return what the cast says of somebody's sheet; ``free`` holds days with the first hour and the one after."""
    sheet = dict(row.get("sheet", {}))
    free = sheet.pop("free", [])
    hours = [day * 24 + hour for day, first, after in free for hour in range(first, after)]
    return sheet | ({"availability": hours} if hours else {})


def _sensitive(demo: Demo, earliest: int, latest: int) -> dict[str, Any]:
    if demo.random.random() < 0.4:
        return {}
    return {
        "sensitive_consent": True,
        "birth_year": demo.random.randint(earliest, latest),
        "contexts": demo.some(choices.Context.values, 0, 2),
    }
