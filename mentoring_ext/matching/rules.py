"""The hard rules: which pairs are possible at all, and which rule forbids each of the others."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentoring_ext.matching.facts import Bools, Sides, free_starts

LANGUAGE, AVAILABILITY, GENDER, FORBIDDEN, CAPACITY = "language", "availability", "gender", "forbidden", "capacity"
RULES = (LANGUAGE, AVAILABILITY, GENDER, FORBIDDEN, CAPACITY)


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


def check(sides: Sides, *, hours: int = 2, forbidden: Collection[tuple[int, int]] = ()) -> Possible:
    """Test every mentee × mentor against the hard rules.

    ``hours`` in a row on one day must be free on both sides in a usual week. ``forbidden`` holds pairs of positions.

    A pairing of different genders needs the mentee's ``yes`` or ``rather_not``; a mentee who answered ``no`` can only
    go to a mentor whose gender is known to be the same.
    """
    broken = np.zeros(sides.shape, dtype=np.uint8)
    for bit, found in enumerate((_language(sides), _availability(sides, hours), _gender(sides))):
        broken |= found.astype(np.uint8) << bit
    for mentee, mentor in forbidden:
        broken[mentee, mentor] |= 1 << RULES.index(FORBIDDEN)
    broken[:, sides.capacity <= 0] |= 1 << RULES.index(CAPACITY)
    return Possible(broken)


def _language(sides: Sides) -> Bools:
    mentees, mentors = sides.sets("languages")
    return np.asarray(mentees @ mentors.T == 0)


def _availability(sides: Sides, hours: int) -> Bools:
    mentees, mentors = free_starts(sides.mentees, hours), free_starts(sides.mentors, hours)
    return np.asarray(mentees.astype(float) @ mentors.astype(float).T == 0)


def _gender(sides: Sides) -> Bools:
    mentees, mentors = sides.words("gender")
    known = (mentees >= 0)[:, None] & (mentors >= 0)[None, :]
    different = known & (mentees[:, None] != mentors[None, :])
    same = known & ~different
    agreed = np.array([person.mixed_gender in ("yes", "rather_not") for person in sides.mentees], dtype=bool)
    refused = np.array([person.mixed_gender == "no" for person in sides.mentees], dtype=bool)
    return np.asarray((different & ~agreed[:, None]) | (refused[:, None] & ~same))
