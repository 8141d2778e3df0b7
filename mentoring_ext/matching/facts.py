"""What the factors and rules read of a person, as plain values and, for many persons, as arrays.

Nothing here imports Django: a sheet of the site, a row of a file or a test makes ``Facts``.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

HOURS_OF_WEEK = 168
STYLE_SCALES = 4

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Facts:
    """One person's sheet. Every value may be missing: None, an empty text or an empty set mean "not known".

    The same names hold both sides: what a mentee needs and a mentor offers stand in the same field.
    """

    key: int
    name: str = ""
    styles: tuple[int | None, ...] = (None,) * STYLE_SCALES
    """Four scales of 1–5 about personality and communication, the same questions on both sides."""
    interests: frozenset[str] = frozenset()
    levels: Mapping[str, int] = field(default_factory=dict)
    """Competence → 0 (nothing yet) to 4 (can teach it)."""
    areas: frozenset[str] = frozenset()
    """Areas of activity as ``family.area``: areas of one family are related."""
    support: frozenset[str] = frozenset()
    """Kinds of help: needed by a mentee, offered by a mentor."""
    guidance: int | None = None
    """How closely 1–5: a mentee's wish (6 − autonomy), a mentor's way of working."""
    experience: int | None = None
    """Groups or pairs mentored before (mentors only)."""
    motives: frozenset[str] = frozenset()
    """Changes in life that a mentee wants, or that a mentor wants to help bring about."""
    first_language: str = ""
    languages: frozenset[str] = frozenset()
    """Every language for talking together, the first one among them."""
    contexts: frozenset[str] = frozenset()
    """Life situations, such as having moved to another country."""
    culture: str = ""
    ethnicity: str = ""
    religion: str = ""
    birth_year: int | None = None
    gender: str = ""
    mixed_gender: str = ""
    """A mentee's answer about a mentor of another gender: ``yes``, ``rather_not``, ``no`` or empty."""
    hours: frozenset[int] = frozenset()
    """Free hours of the week, 0 (Monday, midnight to one) to 167."""
    online: bool | None = None
    in_person: bool | None = None
    town: str = ""
    access: frozenset[str] = frozenset()
    """Accessibility: what a mentee needs, what a mentor can offer."""
    objectives: frozenset[str] = frozenset()
    """Outcomes of the programme that a mentee wants, or that a mentor can work on."""
    capacity: int = 0
    """Mentees that a mentor can still take."""


Sets = Sequence[Iterable[str]]


def membership(left: Sets, right: Sets) -> tuple[Floats, Floats]:
    """Return two 0/1 matrices, one row a person and one column an element that occurs on both sides or one."""
    columns = {code: at for at, code in enumerate(sorted({code for codes in (*left, *right) for code in codes}))}

    def rows(people: Sets) -> Floats:
        table = np.zeros((len(people), len(columns)))
        for row, codes in enumerate(people):
            table[row, [columns[code] for code in codes]] = 1
        return table

    return rows(left), rows(right)


def codes(left: Sequence[Hashable], right: Sequence[Hashable]) -> tuple[Integers, Integers]:
    """Number the different values of both sides from 0; an empty value becomes −1."""
    numbers: dict[Hashable, int] = {}
    coded = [numbers.setdefault(value, len(numbers)) if value else -1 for value in (*left, *right)]
    return np.array(coded[: len(left)], dtype=np.int64), np.array(coded[len(left) :], dtype=np.int64)


def numbers(people: Sequence[Facts], name: str) -> Floats:
    """Return one number a person, NaN where it is not known."""
    return np.array([np.nan if (value := getattr(person, name)) is None else value for person in people], dtype=float)


@dataclass(frozen=True)
class Sides:
    """Mentees (rows) and mentors (columns) to be compared; each encoding is made once."""

    mentees: Sequence[Facts]
    mentors: Sequence[Facts]

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.mentees), len(self.mentors)

    @cached_property
    def capacity(self) -> Integers:
        """Places of each mentor."""
        return np.array([mentor.capacity for mentor in self.mentors], dtype=np.int64)

    def sets(self, name: str) -> tuple[Floats, Floats]:
        """Encode a field that holds sets, for both sides over the same columns."""
        return membership(
            [getattr(person, name) for person in self.mentees], [getattr(person, name) for person in self.mentors]
        )

    def words(self, name: str) -> tuple[Integers, Integers]:
        """Encode a field that holds one word, for both sides with the same numbers."""
        return codes(
            [getattr(person, name).strip().casefold() for person in self.mentees],
            [getattr(person, name).strip().casefold() for person in self.mentors],
        )

    def figures(self, name: str) -> tuple[Floats, Floats]:
        """Encode a field that holds one number."""
        return numbers(self.mentees, name), numbers(self.mentors, name)

    def rows(self, chosen: slice) -> "Sides":
        """Return the same mentors with some of the mentees."""
        return Sides(self.mentees[chosen], self.mentors)


def free_starts(people: Sequence[Facts], length: int) -> Bools:
    """Return for each person the hours of the week from which ``length`` hours of one day in a row are free."""
    free = np.zeros((len(people), HOURS_OF_WEEK), dtype=bool)
    for row, person in enumerate(people):
        free[row, list(person.hours)] = True
    days = free.reshape(len(people), 7, 24)
    starts = days.copy()
    for later in range(1, length):
        starts[:, :, : 24 - later] &= days[:, :, later:]
        starts[:, :, 24 - later :] = False
    return starts.reshape(len(people), HOURS_OF_WEEK)
