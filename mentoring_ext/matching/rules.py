"""The hard rules: which pairs are possible at all, and which rules forbid each of the others."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentoring_ext.matching.encoding import products
from mentoring_ext.matching.facts import NO_TIES, Bools, Integers, Sides, Ties

LANGUAGE, HOURS, MEETING, GENDER = "language", "hours", "meeting", "gender"
CONFLICT, FORBIDDEN, VETOED, CAPACITY = "conflict", "forbidden", "vetoed", "capacity"
RULES = (LANGUAGE, HOURS, MEETING, GENDER, CONFLICT, FORBIDDEN, VETOED, CAPACITY)
TILE = 256


@dataclass(frozen=True)
class Possible:
    """Which pairs the rules allow. ``broken`` has one bit for each rule of ``RULES`` that a pair breaks."""

    broken: NDArray[np.uint8]

    @property
    def allowed(self) -> Bools:
        return np.asarray(self.broken == 0)

    def rules_against(self, mentee: int, mentor: int) -> list[str]:
        """Name the rules that the pair breaks, in the order of ``RULES``."""
        return [rule for bit, rule in enumerate(RULES) if self.broken[mentee, mentor] >> bit & 1]

    def broken_by(self, rule: str) -> Bools:
        """Return the pairs that break this rule."""
        return np.asarray(self.broken >> RULES.index(rule) & 1, dtype=bool)


def check(sides: Sides, *, hours: int = 2, meeting: bool = False, ties: Ties = NO_TIES) -> Possible:
    """Test every mentee × mentor against the hard rules, in one byte a pair.

    * *language*: no language for talking together in common, or one of them named none;
    * *hours*: no ``hours`` free hours in a row, on one day of a usual week, in common (see ``Sides.starts``);
    * *meeting*, where ``meeting`` asks for it: not both can meet online, nor both in person in the same town; what
      one of them did not tell excludes nobody;
    * *gender*: genders known to differ without the mentee's ``yes`` or ``rather_not``; a mentee who answered ``no`` can
      only go to a mentor whose gender is known to be the same;
    * *conflict*, *forbidden*, *vetoed*: as ``ties`` says;
    * *capacity*: the mentor has no place at all.

    A fixed pair is no way round them.
    """
    broken = np.zeros(sides.shape, dtype=np.uint8)
    tests = {LANGUAGE: _languages(sides), HOURS: _hours(sides, hours), GENDER: _genders(sides)}
    if meeting:
        tests[MEETING] = _meetings(sides)
    for rule, test in tests.items():
        for rows, found in test:
            broken[rows] |= found.view(np.uint8) << RULES.index(rule)
    for rule, pairs in ((CONFLICT, ties.conflicts), (FORBIDDEN, ties.forbidden), (VETOED, ties.vetoed)):
        broken[sides.positions(pairs)] |= 1 << RULES.index(rule)
    broken[:, sides.capacity <= 0] |= 1 << RULES.index(CAPACITY)
    return Possible(broken)


def exclusions(sides: Sides, *, hours: int = 2, meeting: bool = False, ties: Ties = NO_TIES) -> dict[str, Bools]:
    """Return for each rule the pairs that it forbids; a pair is allowed when none does."""
    possible = check(sides, hours=hours, meeting=meeting, ties=ties)
    return {rule: possible.broken_by(rule) for rule in RULES}


Tiles = Iterator[tuple[slice, Bools]]


def _tiles(sides: Sides) -> Iterator[slice]:
    return (slice(start, start + TILE) for start in range(0, len(sides.mentees), TILE))


def _languages(sides: Sides) -> Tiles:
    mentees, mentors = sides.sets("languages")
    for rows in _tiles(sides):
        yield rows, products(mentees[rows], mentors) == 0


def _hours(sides: Sides, hours: int) -> Tiles:
    mentees, mentors = (starts.astype(np.float32) for starts in sides.starts(hours))
    some = mentees.any(0) & mentors.any(0)
    mentees, mentors = mentees[:, some], mentors[:, some]
    for rows in _tiles(sides):
        yield rows, products(mentees[rows], mentors) == 0


def _meetings(sides: Sides) -> Tiles:
    mentees, mentors = sides.words("town")
    (online, theirs_online), (here, theirs_here) = (
        tuple(side != 0 for side in sides.figures(name)) for name in ("online", "in_person")
    )
    for rows in _tiles(sides):
        both = mentees[rows, None] >= 0
        apart = both & (mentors >= 0)[None, :] & (mentees[rows, None] != mentors[None, :])
        in_person = here[rows, None] & theirs_here[None, :] & ~apart
        yield rows, np.asarray(~in_person & ~(online[rows, None] & theirs_online[None, :]))


def _genders(sides: Sides) -> Tiles:
    mentees, mentors = sides.words("gender")
    answers = [person.mixed_gender for person in sides.mentees]
    agreed: Bools = np.array([answer in ("yes", "rather_not") for answer in answers], dtype=bool)
    refused: Bools = np.array([answer == "no" for answer in answers], dtype=bool)
    for rows in _tiles(sides):
        yield rows, _wrong_gender(mentees[rows], mentors, agreed[rows], refused[rows])


def _wrong_gender(mentees: Integers, mentors: Integers, agreed: Bools, refused: Bools) -> Bools:
    known = (mentees >= 0)[:, None] & (mentors >= 0)[None, :]
    same = known & (mentees[:, None] == mentors[None, :])
    return np.asarray(~same & ~agreed[:, None] & (known | refused[:, None]))
