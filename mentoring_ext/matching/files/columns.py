"""The columns of the mentors' and the mentees' file: codes of the sheets, or their words, whatever the case."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from lms.people.countries import Country
from lms.plugins import Text
from lms.tables.columns import Column, email, heading_key, one_of, whole_number
from mentoring_ext.matching.encoding import HOURS_OF_DAY, HOURS_OF_WEEK
from mentoring_ext.matching.facts import Further
from mentoring_ext.profiles import choices

DIVIDERS = re.compile(r"[;,|]")
SPAN = re.compile(r"(\d{1,2})(?::00)?\s*[-–]\s*(\d{1,2})(?::00)?")
LEVEL = "level_"
LONG = 2_000
YEARS = 1900, 2100
MOST_PLACES = 50
MOST_GROUPS = 200
LARGEST = 1_000_000_000_000
"""No figure is further from 0: the arithmetic could not tell how far apart two are."""
ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def words_in(text: str) -> list[str]:
    """Return what stands in one cell between semicolons, commas or bars."""
    return [word.strip() for word in DIVIDERS.split(text) if word.strip()]


def several(options: Sequence[tuple[str, Text]]) -> Callable[[str], frozenset[str]]:
    """Return a parser for several choices in one cell."""
    one = one_of(options)

    def parse(text: str) -> frozenset[str]:
        # A label may itself hold a comma.
        whole = {heading_key(str(label)): code for code, label in options}
        if heading_key(text) in whole:
            return frozenset({whole[heading_key(text)]})
        return frozenset(one(word) for word in words_in(text))

    return parse


def step(low: int, high: int) -> Callable[[str], int]:
    """Return a parser for a whole number between two others."""

    def parse(text: str) -> int:
        number = whole_number(text)
        if not low <= number <= high:
            raise ValidationError(_("Write a whole number from %(low)s to %(high)s.") % {"low": low, "high": high})
        return number

    return parse


def yes_no(text: str) -> bool:
    """Parse a yes or no, in English or in the language of the page."""
    known = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}
    known |= {heading_key(_("Yes")): True, heading_key(_("No")): False}
    if heading_key(text) not in known:
        raise ValidationError(_("Write yes or no."))
    return known[heading_key(text)]


def number(text: str) -> float:
    """Parse a number, with a point or a comma before its decimals."""
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        found = float("nan")
    if not abs(found) <= LARGEST:
        raise ValidationError(_("Write a number, such as 12 or 12.5."))
    return found


def free_hours(text: str) -> frozenset[int]:
    """Parse free hours of the week, such as ``Mon 9-12 17-19; Tue 10-12``, or the numbers 0–167 of the hours."""
    return frozenset(hour for word in words_in(text) for hour in _hours_of(word))


def _hours_of(text: str) -> Iterable[int]:
    if text.isdecimal() and int(text) < HOURS_OF_WEEK:
        return [int(text)]
    name, *spans = text.split(maxsplit=1)
    day = _days().get(heading_key(name))
    found = SPAN.findall(spans[0]) if spans else []
    if day is None or not found or SPAN.sub("", spans[0]).strip():
        raise ValidationError(_("Write free hours like this: Mon 9-12 17-19; Tue 10-12."))
    hours: list[int] = []
    for first, last in ((int(first), int(last)) for first, last in found):
        if not first < last <= HOURS_OF_DAY:
            raise ValidationError(_("Free hours end on the same day, at 24 at the latest: Mon 22-24; Tue 0-2."))
        hours += range(day * HOURS_OF_DAY + first, day * HOURS_OF_DAY + last)
    return hours


def _days() -> dict[str, int]:
    """Return every name of a day: in English and in the language of the page, whole and short."""
    english = {heading_key(name[:size]): day for day, name in enumerate(ENGLISH_DAYS) for size in (2, 3, len(name))}
    own = {heading_key(str(names[day])): day for names in (WEEKDAYS, WEEKDAYS_ABBR) for day in range(7)}
    return english | own


def _keys(text: str) -> tuple[str, ...]:
    return tuple(words_in(text))


def _set(name: str, options: Any) -> Column:
    return Column(name, parse=several(options.choices), empty=frozenset(), max_length=LONG)


def _one(name: str, options: Any) -> Column:
    return Column(name, parse=one_of(options.choices))


WHO = [
    Column("id"),
    Column("name", max_length=200),
    Column("email", aliases=["mail"], parse=email, max_length=254),
    Column("username", max_length=150),
]
SHEET = [
    *(Column(name, parse=step(1, 5), empty=None) for name in choices.STYLES),
    _set("interests", choices.Interest),
    *(Column(f"{LEVEL}{topic}", parse=step(0, 4), empty=None) for topic in choices.Topic.values),
    _one("area", choices.Area),
    _set("support", choices.Support),
    Column("guidance", parse=step(1, 5), empty=None),
    _set("motives", choices.Motive),
    _one("first_language", choices.Language),
    _set("languages", choices.Language),
    Column("hours", aliases=["availability"], parse=free_hours, empty=frozenset(), max_length=LONG),
    Column("online", parse=yes_no, empty=None),
    Column("in_person", parse=yes_no, empty=None),
    Column("town", aliases=["place"], max_length=100),
    _set("access", choices.Access),
    _set("objectives", choices.Objective),
]
PERSONAL = [
    Column("birth_year", parse=step(*YEARS), empty=None),
    _one("gender", choices.Gender),
    _set("contexts", choices.Context),
    Column("culture", max_length=100),
    Column("ethnicity", max_length=100),
    Column("religion", max_length=100),
]
AGREED = [Column("agreed", parse=yes_no, empty=False), Column("agreed_personal", parse=yes_no, empty=False)]
TIES = [Column(name, parse=_keys, empty=(), max_length=LONG) for name in ("fixed", "conflict", "forbidden", "vetoed")]
MENTOR = [
    Column("headline", max_length=150),
    _one("country", Country),
    _set("competences", choices.Competence),
    Column("experience", aliases=["groups_before"], parse=step(0, MOST_GROUPS), empty=None),
    Column("capacity", parse=step(0, MOST_PLACES), empty=None),
]
MENTEE = [Column("goals", max_length=LONG), _one("mixed_gender", choices.MixedGender), *TIES]


def mentor_columns(further: Sequence[Further] = ()) -> list[Column]:
    """Return the columns of the mentors' file, with one for each further factor."""
    return [*WHO, *SHEET, *MENTOR, *PERSONAL, *AGREED, *map(_further, further)]


def mentee_columns(further: Sequence[Further] = ()) -> list[Column]:
    """Return the columns of the mentees' file, with one for each further factor."""
    return [*WHO, *SHEET, *MENTEE, *PERSONAL, *AGREED, *map(_further, further)]


def _further(asked: Further) -> Column:
    if asked.rule == "near":
        return Column(asked.name, parse=number, empty=None)
    if asked.rule == "same":
        return Column(asked.name)
    return Column(asked.name, parse=lambda text: frozenset(map(str.casefold, words_in(text))), empty=frozenset())
