"""What the input has to be: each check returns its part as the solver reads it, or raises ``ValueError``."""

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mentoring_ext.matching.facts import Bools, Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER
from mentoring_ext.matching.solver.points import MOST_POINTS

Objective = Literal["total", "fair"]
HIGHEST_SIZE = 2**31
"""No group is as large; larger numbers count as this one, so that none runs over."""


def check_tables(scores: NDArray[Any], allowed: NDArray[Any], capacity: NDArray[Any]) -> None:
    """Check scores, allowed pairs and places."""
    if scores.ndim != 2 or scores.dtype.kind not in "iuf":
        raise ValueError("scores must be a table of numbers, mentees × mentors")
    if allowed.shape != scores.shape or allowed.dtype != bool:
        raise ValueError("allowed must be a table of true and false of the same shape as scores")
    if capacity.shape != (scores.shape[1],) or capacity.dtype.kind not in "iu":
        raise ValueError("capacity must hold one whole number for each mentor")
    if (capacity < 0).any():
        raise ValueError("capacity must not be negative")


def check_objective(objective: Objective) -> Objective:
    """Return the objective when it is one."""
    if objective not in ("total", "fair"):
        raise ValueError('objective must be "total" or "fair"')
    return objective


def check_sizes(name: str, sizes: Integers | None, mentors: int) -> Integers | None:
    """Return smallest or preferred sizes, one for each mentor; None where none are asked for."""
    if sizes is None:
        return None
    sizes = np.asarray(sizes)
    if sizes.shape != (mentors,) or sizes.dtype.kind not in "iu":
        raise ValueError(f"{name} must hold one whole number for each mentor")
    if (sizes < 0).any():
        raise ValueError(f"{name} must not be negative")
    return np.minimum(sizes, HIGHEST_SIZE).astype(np.int64)


def check_fixed(fixed: Mapping[int, int], people: int, mentors: int) -> Mapping[int, int]:
    """Return the fixed pairs in the mentees' order."""
    for mentee, mentor in fixed.items():
        if not (0 <= mentee < people and 0 <= mentor < mentors):
            raise ValueError(f"fixed names a pair outside the table: {mentee}, {mentor}")
    return {int(mentee): int(fixed[mentee]) for mentee in sorted(fixed)}


def check_slots(
    mentee_slots: Bools | None, mentor_slots: Bools | None, people: int, mentors: int
) -> tuple[Bools, Bools] | tuple[None, None]:
    """Return both tables of slots; None and None where none are given."""
    if mentee_slots is None and mentor_slots is None:
        return None, None
    if mentee_slots is None or mentor_slots is None:
        raise ValueError("slots must be given for mentees and for mentors, or for neither")
    mentee_slots, mentor_slots = np.asarray(mentee_slots), np.asarray(mentor_slots)
    tables = (mentee_slots, mentor_slots)
    if any(table.ndim != 2 or table.dtype != bool for table in tables):
        raise ValueError("slots must be tables of true and false, people × slots")
    if (len(mentee_slots), len(mentor_slots)) != (people, mentors):
        raise ValueError("slots must have one row for each person")
    if mentee_slots.shape[1] != mentor_slots.shape[1]:
        raise ValueError("slots of mentees and of mentors must be the same slots")
    return mentee_slots, mentor_slots


def check_stay(stay: tuple[Integers, float] | None, people: int, mentors: int) -> float:
    """Return what a move costs, 0 where nobody stays."""
    if stay is None:
        return 0.0
    present, penalty = np.asarray(stay[0]), float(stay[1])
    if present.shape != (people,) or present.dtype.kind not in "iu":
        raise ValueError("stay must name the present mentor of each mentee, −1 for none")
    if ((present < LEFT_OVER) | (present >= mentors)).any():
        raise ValueError("stay names a mentor outside the table")
    if not 0 <= penalty <= MOST_POINTS:
        raise ValueError("the penalty for a move must be a number from 0 to 536870912")
    return penalty
