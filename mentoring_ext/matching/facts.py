"""What the factors and rules read of a person, as plain values and, for many persons, as arrays.

Nothing here imports Django: a sheet of the site, a row of a file or a test makes ``Facts``.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np

from mentoring_ext.matching.encoding import Bools, Floats, Integers, Reals, codes, figures, free_starts, membership

__all__ = [
    "NO_TIES",
    "Answer",
    "Bools",
    "Facts",
    "Floats",
    "Further",
    "HowCompared",
    "Integers",
    "Pair",
    "Sides",
    "Ties",
]

STYLE_SCALES = 4

HowCompared = Literal["same", "shared", "covered", "near"]
Answer = str | float | frozenset[str]
"""An answer to a further question: one word, a number, or what was chosen."""


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
    extra: Mapping[str, Answer] = field(default_factory=dict)
    """Answers that further factors compare, by the factor's name."""


@dataclass(frozen=True)
class Further:
    """A factor that a coordinator adds to the eleven: how one more question's answers are compared.

    ``same``: 0 another answer, 1 the same. ``shared``: 0 nothing in common, ½ half of what both chose, 1 the same
    choices. ``covered``: the share of the mentee's choices that are the mentor's too. ``near``: numbers, 1 the same, ½
    half of ``far`` apart, 0 ``far`` or more apart.
    """

    name: str
    rule: HowCompared = "same"
    far: float = 1


Pair = tuple[int, int]
"""The key of a mentee and the key of a mentor."""


@dataclass(frozen=True)
class Ties:
    """What is settled about pairs beforehand; a pair is (key of the mentee, key of the mentor).

    ``conflicts`` are conflicts of interest (line manager, family, a former complaint), ``forbidden`` what the
    coordinator excluded, ``vetoed`` what a mentee excluded. ``fixed`` maps a mentee to the mentor it must have.
    """

    conflicts: frozenset[Pair] = frozenset()
    forbidden: frozenset[Pair] = frozenset()
    vetoed: frozenset[Pair] = frozenset()
    fixed: Mapping[int, int] = field(default_factory=dict)


NO_TIES = Ties()


@dataclass(frozen=True)
class Sides:
    """Mentees (rows) and mentors (columns) to be compared, and the further factors beside the eleven."""

    mentees: Sequence[Facts]
    mentors: Sequence[Facts]
    further: Sequence[Further] = ()

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.mentees), len(self.mentors)

    @cached_property
    def capacity(self) -> Integers:
        """Places of each mentor."""
        return np.array([mentor.capacity for mentor in self.mentors], dtype=np.int64)

    @cached_property
    def row_of(self) -> Mapping[int, int]:
        """The row of each mentee's key."""
        return {mentee.key: row for row, mentee in enumerate(self.mentees)}

    @cached_property
    def column_of(self) -> Mapping[int, int]:
        """The column of each mentor's key."""
        return {mentor.key: column for column, mentor in enumerate(self.mentors)}

    def rows(self, chosen: slice) -> "Sides":
        """Return the same mentors with some of the mentees."""
        return Sides(self.mentees[chosen], self.mentors, self.further)

    def pair(self, mentee: int, mentor: int) -> "Sides":
        """Return one mentee (by row) with one mentor (by column); it scores as within the whole."""
        return Sides([self.mentees[mentee]], [self.mentors[mentor]], self.further)

    def starts(self, length: int) -> tuple[Bools, Bools]:
        """Return for mentees and for mentors the hours of the week at which ``length`` free hours in a row begin.

        All these hours are on one day: a session never runs past midnight. The week has 168 such hours, 0 is Monday,
        midnight to one.
        """
        return free_starts(_all(self.mentees, "hours"), length), free_starts(_all(self.mentors, "hours"), length)

    def fixed(self, ties: Ties) -> dict[int, int]:
        """Return the fixed pairs as row → column, those who are not among these people left out."""
        return {
            self.row_of[mentee]: self.column_of[mentor]
            for mentee, mentor in sorted(ties.fixed.items())
            if mentee in self.row_of and mentor in self.column_of
        }

    def positions(self, pairs: Collection[Pair]) -> tuple[Integers, Integers]:
        """Return rows and columns of these pairs, those who are not among these people left out."""
        found = [
            (self.row_of[mentee], self.column_of[mentor])
            for mentee, mentor in pairs
            if mentee in self.row_of and mentor in self.column_of
        ]
        places = np.array(found, dtype=np.int64).reshape(len(found), 2)
        return places[:, 0], places[:, 1]

    def sets(self, name: str) -> tuple[Reals, Reals]:
        """Encode a field that holds sets, for both sides over the same columns, as 0 and 1."""
        return membership(_all(self.mentees, name), _all(self.mentors, name))

    def words(self, name: str) -> tuple[Integers, Integers]:
        """Encode a field that holds one word, for both sides with the same numbers, −1 where there is none."""
        return codes([plain(word) for word in _all(self.mentees, name)], [plain(w) for w in _all(self.mentors, name)])

    def figures(self, name: str) -> tuple[Reals, Reals]:
        """Encode a field that holds one number, NaN where it is not known."""
        return figures(_all(self.mentees, name)), figures(_all(self.mentors, name))


def plain(word: str) -> str:
    """Return a word as it is compared: without spaces around it and without case."""
    return word.strip().casefold()


def _all(people: Sequence[Facts], name: str) -> list[Any]:
    return [getattr(person, name) for person in people]
