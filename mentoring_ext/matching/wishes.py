"""Mentees' wishes as a further factor. Nothing here imports Django.

Each mentee gives points to the mentors that stand on the list: three wishes get 3, 2 and 1, two get 2 and 1, a single
one gets 1. The factor is the share of the mentee's points that a mentor has: 1 for a single wish, ½, ⅓ and ⅙ for three,
0 for who was not named. Of a mentee without wishes it is not known, so that its weight is shared out. With the usual
weight of 1 it tips the scales between mentors who fit nearly as well, and no more: people choose by what they can see.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from mentoring_ext.matching.facts import Facts, Further

WISHES = "wishes"
FACTOR = Further(WISHES, "covered")
USUAL = 1
"""The weight of wishes where nobody chose another one."""


def with_wishes(people: Iterable[Facts], points: Mapping[int, frozenset[str]]) -> list[Facts]:
    """Return the same people with the points that they gave, or could get."""
    return [
        replace(each, extra={**each.extra, WISHES: points[each.key]}) if each.key in points else each for each in people
    ]


def given(ranked: Sequence[int]) -> frozenset[str]:
    """Return the points of a mentee who ranked these mentors, the dearest first."""
    return frozenset(f"{mentor}.{point}" for at, mentor in enumerate(ranked) for point in range(len(ranked) - at))


def could_get(mentor: int, most: int) -> frozenset[str]:
    """Return the points that a mentor could get of anybody."""
    return frozenset(f"{mentor}.{point}" for point in range(most))
