"""What a result means for one person: what another mentor would cost the whole, and why somebody is left over."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mentoring_ext.matching.facts import Bools, Floats, Integers
from mentoring_ext.matching.solver import LEFT_OVER, assign, crowd_of


@dataclass(frozen=True)
class Alternative:
    """Another mentor for a mentee: the pair's score, who holds the places, and what the change would do to the whole.

    ``change`` is the difference of the best total with this pair fixed (never above 0 next to a best result) and
    ``placed`` the difference in how many mentees find a mentor.
    """

    mentor: int
    score: float
    taken_by: list[int]
    change: float
    placed: int


@dataclass(frozen=True)
class Crowd:
    """Mentees who can only go to a few mentors: more people than places, so ``left`` of them stay without."""

    mentees: list[int]
    mentors: list[int]
    places: int
    left: list[int]


def next_best(
    scores: Floats,
    allowed: Bools,
    capacity: Integers,
    mentor_of: Integers,
    mentee: int,
    *,
    limit: int = 3,
    groups_aside: bool = False,
) -> list[Alternative]:
    """Return the best other mentors of one mentee, the highest score first; each costs one run of the solver.

    With ``groups_aside`` the changes are measured next to the best result without what was asked of the groups.
    """
    beside = assign(scores, allowed, capacity).mentor_of if groups_aside else mentor_of
    total, placed = _result(scores, beside)
    others = [j for j in np.argsort(-scores[mentee], kind="stable") if allowed[mentee, j] and j != mentor_of[mentee]]
    found = []
    for mentor in [int(j) for j in others if capacity[j] > 0][:limit]:
        changed = assign(scores, allowed, capacity, fixed={mentee: mentor})
        taken_by = [int(i) for i in np.flatnonzero(mentor_of == mentor)]
        new_total, new_placed = _result(scores, changed.mentor_of)
        change = round(new_total - total, 9)
        found.append(Alternative(mentor, float(scores[mentee, mentor]), taken_by, change, new_placed - placed))
    return found


def crowds(allowed: Bools, capacity: Integers, mentor_of: Integers) -> Iterator[Crowd]:
    """Explain everybody who is left over: together with those they compete with, each person once."""
    open_pairs = allowed & (capacity > 0)[None, :]
    waiting = set(np.flatnonzero(mentor_of == LEFT_OVER).tolist())
    while waiting:
        first = min(waiting)
        mentees, mentors = crowd_of(open_pairs, mentor_of, np.array([first]))
        left = [mentee for mentee in sorted(waiting) if mentee == first or _competes(open_pairs, mentee, mentors)]
        waiting.difference_update(left)
        yield Crowd(sorted({*mentees, *left}), mentors, int(capacity[mentors].sum()), left)


def _competes(open_pairs: Bools, mentee: int, mentors: list[int]) -> bool:
    """Return whether all that this mentee can have are places of the crowd."""
    wanted = set(np.flatnonzero(open_pairs[mentee]).tolist())
    return bool(wanted) and wanted <= set(mentors)


def _result(scores: Floats, mentor_of: Integers) -> tuple[float, int]:
    rows = np.flatnonzero(mentor_of != LEFT_OVER)
    return float(scores[rows, mentor_of[rows]].sum()), len(rows)
