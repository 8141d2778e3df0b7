"""The input of the solver, checked, in whole numbers; every strategy and every proof reads this.

Scores become *points*: whole steps of 1/``scale``, 32 bits each, so that 75 million pairs take 300 MB. Scores that
are multiples of 1e-6 are exact; others are rounded to 1/2²⁹ of the largest. A table of whole numbers is taken as
millionths and not copied where it has 32 bits: large callers hand that in.

*Effective* points are what is added up: with ``stay`` every pair other than the mentee's present one has the penalty
taken off. A pair is *open* when it is allowed, its points are not below ``floor``, its mentee is not fixed, and its
mentor has a place besides the fixed ones. Whole tables of both are made on demand (``points``, ``open``); where memory
counts, walk over ``tiles``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mentoring_ext.matching.facts import Bools, Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER, Infeasible

Points = NDArray[np.int32]
Objective = Literal["total", "fair"]

MILLIONTHS = 1_000_000
MOST_POINTS = 2**29
"""No score and no penalty has more points, so that sums and differences of two fit in 32 bits."""
EXACT = 1e-3
TILE = 2**18
"""Pairs that are looked at in one go: they stay in the processor's cache."""


@dataclass(frozen=True, eq=False)
class Task:
    """What ``assign`` was asked; made by ``Task.of``, which checks it.

    ``base`` and ``allowed`` are mentees × mentors as handed in; ``capacity``, ``minimum`` and
    ``preferred`` count fixed mentees too.
    ``fixed`` maps mentees to mentors. Slots are people × possible starts, both given or both None. ``present`` is each
    mentee's present mentor (−1: none) and ``penalty`` the points for leaving it. ``floor``, set by the fair objective,
    closes pairs with fewer points.
    """

    base: Points
    allowed: Bools
    capacity: Integers
    scale: int
    objective: Objective
    minimum: Integers | None
    fixed: Mapping[int, int]
    mentee_slots: Bools | None
    mentor_slots: Bools | None
    present: Integers | None
    penalty: int
    floor: int | None = None
    preferred: Integers | None = None

    @classmethod
    def of(
        cls,
        scores: NDArray[Any],
        allowed: Bools,
        capacity: Integers,
        *,
        minimum: Integers | None = None,
        preferred: Integers | None = None,
        fixed: Mapping[int, int] | None = None,
        objective: Objective = "total",
        mentee_slots: Bools | None = None,
        mentor_slots: Bools | None = None,
        stay: tuple[Integers, float] | None = None,
    ) -> "Task":
        """Check the input; raises ``ValueError`` for malformed and ``Infeasible`` for contradictory input."""
        scores, allowed, capacity = np.asarray(scores), np.asarray(allowed), np.asarray(capacity)
        _check_tables(scores, allowed, capacity)
        people, mentors = scores.shape
        penalty = _check_stay(stay, people, mentors)
        base, scale = _points_of(scores, penalty)
        task = cls(
            base=base,
            allowed=allowed,
            capacity=np.minimum(capacity, people).astype(np.int64),
            scale=scale,
            objective=_check_objective(objective),
            minimum=_check_sizes("minimum", minimum, mentors),
            fixed=_check_fixed(fixed or {}, people, mentors),
            mentee_slots=_check_slots(mentee_slots, mentor_slots, people, mentors)[0],
            mentor_slots=_check_slots(mentee_slots, mentor_slots, people, mentors)[1],
            present=None if stay is None else np.asarray(stay[0]).astype(np.int64),
            penalty=round(penalty * scale),
            preferred=_check_sizes("preferred", preferred, mentors),
        )
        _check_feasible(task)
        return task

    @property
    def shape(self) -> tuple[int, int]:
        """Mentees and mentors."""
        return self.base.shape[0], self.base.shape[1]

    @cached_property
    def free(self) -> Bools:
        """Which mentees are not fixed."""
        free = np.ones(self.shape[0], dtype=bool)
        free[list(self.fixed)] = False
        return free

    @cached_property
    def places(self) -> Integers:
        """The mentors' places that no fixed mentee takes."""
        used = np.bincount(np.array(list(self.fixed.values()), dtype=np.int64), minlength=self.shape[1])
        return np.asarray(self.capacity - used)

    @cached_property
    def points(self) -> Points:
        """Effective points of all pairs; with ``stay`` this is a copy."""
        return self.base if self.present is None else self.tile(slice(None))[0]

    @cached_property
    def open(self) -> Bools:
        """Which pairs are open, as a new table."""
        return self.tile(slice(None))[1]

    def tile(self, rows: slice | Integers) -> tuple[Points, Bools]:
        """Return effective points and open pairs of some mentees."""
        points = self.base[rows]
        if self.present is not None:
            points = self._after_moves(points, self.present[rows])
        is_open = self.allowed[rows] & (self.places > 0)
        is_open &= self.free[rows, None]
        if self.floor is not None:
            is_open &= points >= self.floor
        return points, is_open

    def tiles(self) -> Iterator[tuple[slice, Points, Bools]]:
        """Walk over all mentees, some at a time: their rows, effective points and open pairs."""
        step = max(1, TILE // max(1, self.shape[1]))
        for start in range(0, self.shape[0], step):
            rows = slice(start, start + step)
            yield rows, *self.tile(rows)

    def tiles_of(self, mentees: Integers) -> Iterator[tuple[Integers, Points, Bools]]:
        """Walk over some mentees, a few at a time: their numbers, effective points and open pairs."""
        step = max(1, TILE // max(1, self.shape[1]))
        for start in range(0, len(mentees), step):
            some = mentees[start : start + step]
            yield some, *self.tile(some)

    def points_at(self, mentees: NDArray[Any], mentors: NDArray[Any]) -> Integers:
        """Return the effective points of single pairs."""
        points: Integers = self.base[mentees, mentors].astype(np.int64)
        if self.present is None:
            return points
        present = self.present[mentees]
        points -= np.where((present != LEFT_OVER) & (present != mentors), self.penalty, 0)
        return points

    def total_of(self, mentor_of: Integers) -> int:
        """Return the effective points of all who are placed, the fixed ones too."""
        rows = np.flatnonzero(mentor_of != LEFT_OVER)
        return int(self.points_at(rows, mentor_of[rows]).sum())

    @cached_property
    def fixed_points(self) -> Integers:
        """The effective points of the fixed pairs."""
        pairs = np.array(list(self.fixed.items()), dtype=np.int64).reshape(-1, 2)
        return self.points_at(pairs[:, 0], pairs[:, 1])

    def with_fixed(self, mentor_of: Integers) -> Integers:
        """Return the pairs with the fixed ones put in."""
        filled = mentor_of.copy()
        filled[list(self.fixed)] = list(self.fixed.values())
        return filled

    def _after_moves(self, points: Points, present: Integers) -> Points:
        placed = np.flatnonzero(present != LEFT_OVER)
        lowered = points.copy()
        lowered[placed] -= np.int32(self.penalty)
        lowered[placed, present[placed]] += np.int32(self.penalty)
        return lowered


def _check_tables(scores: NDArray[Any], allowed: NDArray[Any], capacity: NDArray[Any]) -> None:
    if scores.ndim != 2 or scores.dtype.kind not in "iuf":
        raise ValueError("scores must be a table of numbers, mentees × mentors")
    if allowed.shape != scores.shape or allowed.dtype != bool:
        raise ValueError("allowed must be a table of true and false of the same shape as scores")
    if capacity.shape != (scores.shape[1],) or capacity.dtype.kind not in "iu":
        raise ValueError("capacity must hold one whole number for each mentor")
    if (capacity < 0).any():
        raise ValueError("capacity must not be negative")


def _check_objective(objective: Objective) -> Objective:
    if objective not in ("total", "fair"):
        raise ValueError('objective must be "total" or "fair"')
    return objective


def _check_sizes(name: str, sizes: Integers | None, mentors: int) -> Integers | None:
    if sizes is None:
        return None
    sizes = np.asarray(sizes)
    if sizes.shape != (mentors,) or sizes.dtype.kind not in "iu":
        raise ValueError(f"{name} must hold one whole number for each mentor")
    if (sizes < 0).any():
        raise ValueError(f"{name} must not be negative")
    return sizes.astype(np.int64)


def _check_fixed(fixed: Mapping[int, int], people: int, mentors: int) -> Mapping[int, int]:
    for mentee, mentor in fixed.items():
        if not (0 <= mentee < people and 0 <= mentor < mentors):
            raise ValueError(f"fixed names a pair outside the table: {mentee}, {mentor}")
    return {int(mentee): int(fixed[mentee]) for mentee in sorted(fixed)}


def _check_slots(
    mentee_slots: Bools | None, mentor_slots: Bools | None, people: int, mentors: int
) -> tuple[Bools, Bools] | tuple[None, None]:
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


def _check_stay(stay: tuple[Integers, float] | None, people: int, mentors: int) -> float:
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


def _points_of(scores: NDArray[Any], penalty: float) -> tuple[Points, int]:
    """Return the scores as points and how many points a score unit has."""
    if scores.dtype.kind in "iu":
        largest = max(abs(int(scores.max(initial=0))), abs(int(scores.min(initial=0))))
        if largest > MOST_POINTS or penalty * MILLIONTHS > MOST_POINTS:
            raise ValueError(f"whole scores are millionths and must lie between −{MOST_POINTS} and {MOST_POINTS}")
        return scores.astype(np.int32, copy=False), MILLIONTHS
    highest = max(-float(scores.min(initial=0)), float(scores.max(initial=0)), penalty)
    if not highest <= MOST_POINTS:
        raise ValueError("scores must be finite numbers, none beyond ±536870912")
    if highest <= MOST_POINTS / MILLIONTHS:
        points, exact = _rounded(scores, MILLIONTHS)
        if exact or scores.dtype.itemsize < np.dtype(float).itemsize:
            return points, MILLIONTHS
    scale = max(1, int(MOST_POINTS / max(1.0, highest)))
    return _rounded(scores, scale)[0], scale


def _rounded(scores: NDArray[Any], scale: int) -> tuple[Points, bool]:
    """Return the scores in steps of 1/scale and whether nothing was lost by that."""
    points = np.empty(scores.shape, dtype=np.int32)
    step = max(1, TILE // max(1, scores.shape[1]))
    exact = True
    for start in range(0, len(scores), step):
        steps = scores[start : start + step].astype(float) * scale
        whole = np.rint(steps)
        points[start : start + step] = whole
        exact = exact and bool((np.abs(steps - whole) < EXACT).all())
    return points, exact


def _check_feasible(task: Task) -> None:
    """Raise ``Infeasible`` where the fixed pairs break a rule by themselves."""
    for mentee, mentor in task.fixed.items():
        if not task.allowed[mentee, mentor]:
            raise Infeasible(f"mentee {mentee} is fixed to mentor {mentor}, but the rules do not allow this pair")
    for mentor in sorted(set(task.fixed.values())):
        group = [mentee for mentee, other in task.fixed.items() if other == mentor]
        _check_group(task, mentor, group)


def _check_group(task: Task, mentor: int, group: list[int]) -> None:
    places = int(task.capacity[mentor])
    if len(group) > places:
        raise Infeasible(f"{len(group)} mentees are fixed to mentor {mentor}, who has {places} places")
    if task.minimum is not None and task.minimum[mentor] > places:
        raise Infeasible(f"mentor {mentor} has {places} places, but a group there needs {task.minimum[mentor]}")
    if task.mentee_slots is not None and task.mentor_slots is not None:
        common = task.mentor_slots[mentor] & task.mentee_slots[group].all(0)
        if not common.any():
            raise Infeasible(f"mentor {mentor} and the mentees fixed there have no common slot: {group}")
