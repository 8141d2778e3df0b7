"""Mentors as mentees see them before the pairing, and how many mentees wished something."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lms.people.models import User
from lms.plugins import Text
from mentoring_ext.matching.models import Wish
from mentoring_ext.profiles.choices import Language, PublicField
from mentoring_ext.profiles.models import PublicProfile
from mentoring_ext.programmes.models import Cohort


@dataclass(frozen=True)
class ShownMentor:
    """What a mentor agreed to show: the name and the line about the work, area and languages where chosen."""

    user: User
    profile: PublicProfile
    headline: str
    area: Text
    languages: Sequence[Text]


@dataclass(frozen=True)
class Counts:
    """How many mentees named somebody; who excluded somebody is the mentees' own."""

    ranked: int


def shown_mentors(profiles: Iterable[PublicProfile]) -> list[ShownMentor]:
    """Return the mentors as they agreed to be shown; ask for profiles ``with_mentor``."""
    names = dict(Language.choices)
    found = []
    for profile in profiles:
        mentor = profile.mentor
        spoken = mentor.spoken if profile.shows(PublicField.LANGUAGES) else []
        area = mentor.get_area_display() if mentor.area and profile.shows(PublicField.AREA) else ""
        languages = [names.get(code, code) for code in spoken]
        found.append(ShownMentor(mentor.user, profile, mentor.headline, area, languages))
    return found


def wish_counts(cohort: Cohort) -> Counts:
    """Count the mentees of a cohort who named somebody."""
    wished = Wish.objects.filter(cohort=cohort).order_by()
    return Counts(wished.values("mentee").distinct().count())
