"""What one change of the input would come to, out of the best answer and without solving again.

Beside a best answer everything that can happen is a chain of moves: a mentee comes to a mentor, somebody there goes
elsewhere, and so on, until somebody takes a free place or stays without one. One change – a mentee goes to a certain
mentor, a mentor has one more place – leads to the best answer of the changed input by one best chain. Chains among the
mentors, with one node for the free places and one for having no mentor, are walked by Bellman–Ford in whole numbers;
as the answer is the best one, no chain in a ring wins anything, so that the walk ends.

This holds for plain totals (with fixed pairs and ``stay``), not for smallest sizes, slots or the fair objective.

*Source:* optimality by residual cycles; Ahuja, Magnanti, Orlin, "Network Flows" (1993), chapters 9 and 3.5.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentoring_ext.matching.facts import Bools, Floats, Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER
from mentoring_ext.matching.solver.task import Task

NEVER = -(2**61)
"""Less than every sum of a chain."""


@dataclass(frozen=True, eq=False)
class Outcomes:
    """For every mentor what the best answer of the changed input comes to: mentees placed (−1: not possible), total."""

    placed: Integers
    total: Floats


def outcomes_of_going(
    scores: NDArray[Any],
    allowed: Bools,
    capacity: Integers,
    mentor_of: Integers,
    mentee: int,
    *,
    fixed: Mapping[int, int] | None = None,
    stay: tuple[Integers, float] | None = None,
) -> Outcomes:
    """Return what comes of it for the whole when this mentee must go to each mentor, all others placed at best.

    ``mentor_of`` is a best answer for the same input, as ``assign`` gives it. A pair that fixes the mentee itself is
    left aside. Raises ``ValueError`` for malformed input, and when the answer is not the best.
    """
    others = {key: mentor for key, mentor in (fixed or {}).items() if key != mentee}
    task = Task.of(scores, allowed, capacity, fixed=others, stay=stay)
    chains = _Chains(task, np.asarray(mentor_of), without=mentee)
    now = int(mentor_of[mentee]) if mentor_of[mentee] != LEFT_OVER else chains.nobody
    rest = chains.best_to(now)[: task.shape[1]]
    points = task.points_at(np.full(task.shape[1], mentee), np.arange(task.shape[1])) + chains.premium
    possible = task.allowed[mentee] & (rest > NEVER // 2)
    return chains.outcomes(points - chains.worth[mentee] + rest, possible)


def outcomes_of_places(
    scores: NDArray[Any],
    allowed: Bools,
    capacity: Integers,
    mentor_of: Integers,
    *,
    fixed: Mapping[int, int] | None = None,
    stay: tuple[Integers, float] | None = None,
) -> Outcomes:
    """Return what comes of it when one mentor has one more place, for each mentor alone.

    Pairs with a mentor who has no place may be allowed here. Raises as ``outcomes_of_going``.
    """
    task = Task.of(scores, allowed, capacity, fixed=fixed, stay=stay)
    chains = _Chains(task, np.asarray(mentor_of))
    won = np.maximum(chains.best_from_places()[: task.shape[1]], 0)
    return chains.outcomes(won, np.ones(task.shape[1], dtype=bool))


class _Chains:
    """Everything that can move beside a best answer; nodes are the mentors, ``nobody`` and ``places``.

    Being placed is worth a ``premium`` above all points, so that one number holds how many are placed and the total.
    ``without`` names a mentee who does not move.
    """

    def __init__(self, task: Task, mentor_of: Integers, without: int | None = None) -> None:
        people, mentors = task.shape
        self.task, self.nobody, self.places = task, mentors, mentors + 1
        highest = max((int(np.abs(points).max(initial=0)) for _, points, _ in task.tiles()), default=0)
        self.premium = (2 * highest + 1) * (mentors + people + 4)
        self.at = np.where(mentor_of == LEFT_OVER, self.nobody, mentor_of)
        settled = np.flatnonzero(mentor_of != LEFT_OVER)
        self.worth = np.zeros(people, dtype=np.int64)
        self.worth[settled] = task.points_at(settled, mentor_of[settled]) + self.premium
        self.moves = task.free.copy()
        if without is not None:
            self.moves[without] = False
        self.sizes = np.bincount(self.at, minlength=mentors + 1)
        self.has_room = np.append(self.sizes[:mentors] < task.capacity, True)

    def outcomes(self, changes: Integers, possible: Bools) -> Outcomes:
        """Return what the changes of the worth of the whole come to; ``possible`` names where there is an answer."""
        whole = np.where(possible, int(self.worth.sum()) + changes, 0)
        placed = (whole + self.premium // 2) // self.premium
        total = (whole - placed * self.premium) / self.task.scale
        return Outcomes(np.where(possible, placed, -1), np.where(possible, total, np.nan))

    def best_to(self, goal: int) -> Integers:
        """Return what the best chain wins that begins with one too many at each node and ends at ``goal``."""
        won = np.full(self.places + 1, NEVER, dtype=np.int64)
        won[goal] = 0
        return self._walked(won, self._back)

    def best_from_places(self) -> Integers:
        """Return what the best chain wins that ends with one more at each node, beginning where somebody leaves."""
        won = np.full(self.places + 1, NEVER, dtype=np.int64)
        won[self.places] = 0
        return self._walked(won, self._on)

    def _walked(self, won: Integers, step: Any) -> Integers:
        for _ in range(len(won) + 1):
            further = step(won.copy())
            if (further == won).all():
                return won
            won = further
        raise ValueError("the answer is not the best: its chains win without end")

    def _back(self, won: Integers) -> Integers:
        """Let every chain begin one move earlier."""
        mentors = self.nobody
        for rows, points, open_pairs in self._tiles():
            best = np.where(open_pairs, points + won[:mentors], NEVER).max(1, initial=NEVER)
            best = np.maximum(best, won[self.nobody])
            best = np.where(self.moves[rows] & (best > NEVER // 2), best - self.worth[rows], NEVER)
            np.maximum.at(won, self.at[rows], best)
        taken = self.sizes > 0
        won[self.places] = max(int(won[self.places]), int(won[: self.places][taken].max(initial=NEVER)))
        won[: self.places][self.has_room] = np.maximum(won[: self.places][self.has_room], won[self.places])
        return won

    def _on(self, won: Integers) -> Integers:
        """Let every chain go one move further."""
        taken = np.flatnonzero(self.sizes > 0)
        won[taken] = np.maximum(won[taken], won[self.places])
        before = won.copy()
        for rows, points, open_pairs in self._tiles():
            left = np.where(self.moves[rows], before[self.at[rows]] - self.worth[rows], NEVER)
            left = np.where(left > NEVER // 2, left, NEVER)
            arrived = np.where(open_pairs & (left > NEVER)[:, None], points + left[:, None], NEVER)
            won[: self.nobody] = np.maximum(won[: self.nobody], arrived.max(0, initial=NEVER))
            won[self.nobody] = max(int(won[self.nobody]), int(left.max(initial=NEVER)))
        won[self.places] = max(int(won[self.places]), int(won[: self.places][self.has_room].max(initial=NEVER)))
        return won

    def _tiles(self) -> Any:
        """Walk over the mentees, some at a time: rows, worth of their pairs, and which of these are allowed."""
        for rows, points, _ in self.task.tiles():
            yield rows, points.astype(np.int64) + self.premium, self.task.allowed[rows]
