"""The input of the solver, checked, in whole numbers; every strategy and every proof reads this.

Scores become *points*: whole steps of 1/``scale`` (see ``points``). What the input has to be stands in ``checking``.

*Effective* points are what is added up: with ``stay`` every pair other than the mentee's present one has the penalty
taken off. A pair is *open* when it is allowed, its points are not below ``floor``, its mentee is not fixed, and its
mentor has a place besides the fixed ones. Whole tables of both are made on demand (``points``, ``open``); where memory
counts, walk over ``tiles``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentoring_ext.matching.facts import Bools, Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER, Infeasible
from mentoring_ext.matching.solver.checking import (
    Objective,
    check_fixed,
    check_objective,
    check_sizes,
    check_slots,
    check_stay,
    check_tables,
)
from mentoring_ext.matching.solver.points import TILE, Points, points_of


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
        check_tables(scores, allowed, capacity)
        people, mentors = scores.shape
        penalty = check_stay(stay, people, mentors)
        base, scale = points_of(scores, penalty)
        mentee_slots, mentor_slots = check_slots(mentee_slots, mentor_slots, people, mentors)
        task = cls(
            base=base,
            allowed=allowed,
            capacity=np.minimum(capacity, people).astype(np.int64),
            scale=scale,
            objective=check_objective(objective),
            minimum=check_sizes("minimum", minimum, mentors),
            fixed=check_fixed(fixed or {}, people, mentors),
            mentee_slots=mentee_slots,
            mentor_slots=mentor_slots,
            present=None if stay is None else np.asarray(stay[0]).astype(np.int64),
            penalty=round(penalty * scale),
            preferred=check_sizes("preferred", preferred, mentors),
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
        """Which pairs are open; to be read only."""
        return self.tile(slice(None))[1]

    def tile(self, rows: slice | Integers) -> tuple[Points, Bools]:
        """Return effective points and open pairs of some mentees; to be read only."""
        points = self.base[rows]
        if self.present is not None:
            points = self._after_moves(points, self.present[rows])
        is_open = self.allowed[rows]
        if not self._all_take_part:
            is_open = is_open & (self.places > 0) & self.free[rows, None]
        if self.floor is not None:
            is_open = is_open & (points >= self.floor)
        return points, is_open

    @cached_property
    def _all_take_part(self) -> bool:
        return not self.fixed and bool((self.places > 0).all())

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
