"""Who goes to whom: as many mentees as can be placed, then the highest total, proven.

The proof is checked by ``verify`` without the solver. It has two halves:

* *Nobody more can be placed.* A Hall set: mentees who can only go to a few mentors, with fewer places than mentees.
* *The total cannot be higher.* Prices: each mentee i has a price u and each mentor j a price v for one place, none
  below zero, so that u + v is at least the pair's score plus one premium λ for being placed. Then no assignment of k
  mentees has a total above Σu + Σ places·v − λ·k; this assignment reaches it.

All arithmetic of the proof is done in whole numbers. *Source:* Kuhn's and Hall's theorems; Schrijver, "Combinatorial
Optimization" (2003), chapters 16–17.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from mentoring_ext.matching.facts import Bools, Floats, Integers

LEFT_OVER = -1
MILLIONTHS = 1_000_000
FINE = 2**32
TILE = 512


class Infeasible(ValueError):
    """The fixed pairs cannot all be kept; the text says which rule is in the way."""


class Refused(ValueError):
    """An assignment or its proof is wrong; the text says where."""


@dataclass(frozen=True)
class Certificate:
    """The proof of an assignment, in whole numbers of 1/``scale`` score units.

    ``mentee_prices`` and ``mentor_prices`` are u and v, ``premium`` is λ. ``crowd`` are the mentees of the Hall set
    (empty when all are placed), ``places`` the mentors that they can go to. Fixed pairs stand outside the proof.
    """

    kind: str
    scale: int
    mentee_prices: Integers
    mentor_prices: Integers
    premium: int
    crowd: list[int]
    places: list[int]


@dataclass(frozen=True)
class Assignment:
    """The answer: the mentor of each mentee (−1: left over), its total, and how it is proven."""

    mentor_of: Integers
    total: float
    bound: float
    optimal: bool
    certificate: Certificate | None
    left_over: list[int]
    seconds: float


def assign(scores: Floats, allowed: Bools, capacity: Integers, *, fixed: Mapping[int, int] | None = None) -> Assignment:
    """Place as many mentees as can be placed, and among all ways to do so take the highest total score.

    ``scores`` and ``allowed`` are mentees × mentors, ``capacity`` the mentors' places. ``fixed`` names mentees who must
    go to a certain mentor. Scores that are multiples of 1e-6 are used exactly; others are rounded to about 1e-10.

    Raises ``ValueError`` for malformed input, ``Infeasible`` when a fixed pair is not allowed or a mentor is fixed for
    more mentees than places. The same input gives the same pairs.
    """
    started = time.perf_counter()
    task = _Task.of(scores, allowed, capacity, fixed or {})
    placed = _solve(task)
    certificate = _certify(task, placed)
    mentor_of = task.with_fixed(placed)
    total = task.total_of(mentor_of)
    return Assignment(
        mentor_of=mentor_of,
        total=total / task.scale,
        bound=_bound(task, certificate, placed) / task.scale,
        optimal=_bound(task, certificate, placed) == total,
        certificate=certificate,
        left_over=[int(mentee) for mentee in np.flatnonzero(mentor_of == LEFT_OVER)],
        seconds=time.perf_counter() - started,
    )


def verify(
    scores: Floats,
    allowed: Bools,
    capacity: Integers,
    assignment: Assignment,
    *,
    fixed: Mapping[int, int] | None = None,
) -> None:
    """Check an assignment and its proof against the whole input, with NumPy alone.

    Raises ``Refused`` for any fault: a rule broken, a wrong total or bound, prices or a Hall set that prove nothing.
    """
    task = _Task.of(scores, allowed, capacity, fixed or {})
    mentor_of = np.asarray(assignment.mentor_of)
    _verify_pairs(task, mentor_of)
    total = task.total_of(mentor_of)
    _refuse_if(assignment.total != total / task.scale, "the total is not the sum of the pairs' scores")
    _refuse_if(
        list(assignment.left_over) != np.flatnonzero(mentor_of == LEFT_OVER).tolist(), "the list of those left over"
    )
    _refuse_if(assignment.certificate is None, "there is no proof")
    if assignment.certificate is not None:
        placed = np.where(task.free, mentor_of, LEFT_OVER)
        _verify_prices(task, assignment.certificate)
        _verify_crowd(task, assignment.certificate, int((task.free & (placed == LEFT_OVER)).sum()))
        bound = _bound(task, assignment.certificate, placed)
        _refuse_if(assignment.bound != bound / task.scale, "the bound does not follow from the prices")
        _refuse_if(assignment.optimal != (bound == total), "the claim to be the best does not follow from the bound")


@dataclass(frozen=True)
class _Task:
    """The input, checked, in whole numbers, with the fixed pairs taken out: their mentees are not ``free``."""

    points: Integers
    allowed: Bools
    capacity: Integers
    scale: int
    fixed: Mapping[int, int]
    free: Bools

    @classmethod
    def of(cls, scores: Floats, allowed: Bools, capacity: Integers, fixed: Mapping[int, int]) -> "_Task":
        scores, allowed, capacity = np.asarray(scores, dtype=float), np.asarray(allowed), np.asarray(capacity)
        _check_input(scores, allowed, capacity)
        _check_fixed(allowed, capacity, fixed)
        scale = _scale_of(scores)
        free = np.ones(len(scores), dtype=bool)
        free[list(fixed)] = False
        used = np.bincount(np.array(list(fixed.values()), dtype=np.int64), minlength=len(capacity))
        left = np.minimum(capacity.astype(np.int64) - used, len(scores))
        open_pairs = allowed & free[:, None] & (left > 0)[None, :]
        return cls(np.rint(scores * scale).astype(np.int64), open_pairs, left, scale, dict(fixed), free)

    @cached_property
    def worth(self) -> Integers:
        """What placing a pair is worth: score and premium, above zero where allowed and zero elsewhere."""
        return np.where(self.allowed, self.points + self.premium, 0)

    @cached_property
    def premium(self) -> int:
        """Return λ: more than any change of pairs can win, so that placing one more mentee always comes first."""
        if not self.allowed.any():
            return 0
        chosen = self.points[self.allowed]
        spread = int(chosen.max() - chosen.min())
        return spread * (int(min(self.points.shape)) + 2) + 1 - int(chosen.min())

    def with_fixed(self, placed: Integers) -> Integers:
        mentor_of = placed.copy()
        for mentee, mentor in self.fixed.items():
            mentor_of[mentee] = mentor
        return mentor_of

    def total_of(self, mentor_of: Integers) -> int:
        rows = np.flatnonzero(mentor_of != LEFT_OVER)
        return int(self.points[rows, mentor_of[rows]].sum())


def _check_input(scores: Floats, allowed: Bools, capacity: Integers) -> None:
    if scores.ndim != 2:
        raise ValueError("scores must be a table of mentees × mentors")
    if allowed.shape != scores.shape or allowed.dtype != bool:
        raise ValueError("allowed must be a table of true and false of the same shape as scores")
    if capacity.shape != (scores.shape[1],) or not np.issubdtype(capacity.dtype, np.integer):
        raise ValueError("capacity must hold one whole number for each mentor")
    if (capacity < 0).any():
        raise ValueError("capacity must not be negative")
    if not np.isfinite(scores).all():
        raise ValueError("scores must be finite numbers")


def _check_fixed(allowed: Bools, capacity: Integers, fixed: Mapping[int, int]) -> None:
    for mentee, mentor in fixed.items():
        if not (0 <= mentee < allowed.shape[0] and 0 <= mentor < allowed.shape[1]):
            raise ValueError(f"fixed names a pair outside the table: {mentee}, {mentor}")
        if not allowed[mentee, mentor]:
            raise Infeasible(f"mentee {mentee} is fixed to mentor {mentor}, but the rules do not allow this pair")
    for mentor in set(fixed.values()):
        wanted = sum(other == mentor for other in fixed.values())
        if wanted > capacity[mentor]:
            raise Infeasible(f"{wanted} mentees are fixed to mentor {mentor}, who has {capacity[mentor]} places")


def _scale_of(scores: Floats) -> int:
    """Return how many whole steps a score unit has: a million where that is exact, else as fine as sums stay exact."""
    millionths = scores * MILLIONTHS
    largest = float(np.abs(scores).max(initial=0))
    if largest <= FINE / MILLIONTHS and np.abs(millionths - np.rint(millionths)).max(initial=0) < 1e-6:
        return MILLIONTHS
    return max(1, int(FINE / max(1.0, largest)))


def _solve(task: _Task) -> Integers:
    """Return the best mentor of each free mentee: every place is a column of its own, a pair not allowed is worth 0."""
    columns = np.repeat(np.arange(len(task.capacity)), task.capacity)
    placed = np.full(len(task.points), LEFT_OVER, dtype=np.int64)
    rows, chosen = linear_sum_assignment(task.worth[:, columns].astype(float), maximize=True)
    mentors = columns[chosen]
    possible = task.allowed[rows, mentors]
    placed[rows[possible]] = mentors[possible]
    return placed


def _certify(task: _Task, placed: Integers) -> Certificate:
    """Find prices by Bellman–Ford over the mentors, and the mentees whom those left over compete with.

    A mentor's price rises as long as a mentee would pay more for a place there than for the present one.
    """
    prices = np.zeros(len(task.capacity), dtype=np.int64)
    settled = np.flatnonzero(placed != LEFT_OVER)
    own = task.worth[settled, placed[settled]]
    kept = np.zeros(len(task.points), dtype=np.int64)
    for _ in range(len(prices) + 1):
        kept[settled] = own - prices[placed[settled]]
        offers = np.where(task.allowed, task.worth - kept[:, None], 0)
        raised = np.maximum(prices, offers.max(0, initial=0))
        if (raised == prices).all():
            break
        prices = raised
    crowd, places = crowd_of(task.allowed, placed, np.flatnonzero(task.free & (placed == LEFT_OVER)))
    return Certificate("prices", task.scale, kept, prices, task.premium, crowd, places)


def crowd_of(allowed: Bools, mentor_of: Integers, start: NDArray[np.int64]) -> tuple[list[int], list[int]]:
    """Return all mentees that compete for the places open to ``start``, and the mentors with those places.

    From the starting mentees to every mentor that they may go to, from there to the mentees placed there, and so on.
    """
    crowd = np.zeros(len(allowed), dtype=bool)
    crowd[start] = True
    places: Bools = np.zeros(allowed.shape[1], dtype=bool)
    while True:
        reached = np.asarray(allowed[crowd].any(0))
        if (reached == places).all():
            return np.flatnonzero(crowd).tolist(), np.flatnonzero(places).tolist()
        places = reached
        crowd |= np.isin(mentor_of, np.flatnonzero(places))


def _bound(task: _Task, proof: Certificate, placed: Integers) -> int:
    count = int((placed != LEFT_OVER).sum())
    prices = int(proof.mentee_prices.sum()) + int((task.capacity * proof.mentor_prices).sum())
    fixed = sum(int(task.points[pair]) for pair in task.fixed.items())
    return prices - proof.premium * count + fixed


def _refuse_if(fault: bool, text: str) -> None:
    if fault:
        raise Refused(f"Not proven: {text}")


def _verify_pairs(task: _Task, mentor_of: Integers) -> None:
    shape_is_right = mentor_of.shape == (len(task.points),) and np.issubdtype(mentor_of.dtype, np.integer)
    _refuse_if(not shape_is_right, "there must be one mentor for each mentee")
    _refuse_if(bool(((mentor_of < LEFT_OVER) | (mentor_of >= len(task.capacity))).any()), "a mentor does not exist")
    _refuse_if(any(mentor_of[mentee] != mentor for mentee, mentor in task.fixed.items()), "a fixed pair was not kept")
    rows = np.flatnonzero(task.free & (mentor_of != LEFT_OVER))
    _refuse_if(not task.allowed[rows, mentor_of[rows]].all(), "a pair breaks a rule")
    used = np.bincount(mentor_of[rows], minlength=len(task.capacity))
    _refuse_if(bool((used > task.capacity).any()), "a mentor has more mentees than places")


def _verify_prices(task: _Task, proof: Certificate) -> None:
    mentees, mentors = np.asarray(proof.mentee_prices), np.asarray(proof.mentor_prices)
    _refuse_if(proof.kind != "prices" or proof.scale != task.scale, "the proof is of another kind or scale")
    whole = np.issubdtype(mentees.dtype, np.integer) and np.issubdtype(mentors.dtype, np.integer)
    _refuse_if(not whole, "the prices are not whole numbers")
    right = mentees.shape == (len(task.points),) and mentors.shape == task.capacity.shape
    _refuse_if(not right, "there must be one price for each person")
    _refuse_if(bool((mentees < 0).any() or (mentors < 0).any()), "a price is below zero")
    for start in range(0, len(mentees), TILE):
        rows = slice(start, start + TILE)
        worth = task.points[rows] + proof.premium
        over = task.allowed[rows] & (worth > mentees[rows, None] + mentors[None, :])
        _refuse_if(bool(over.any()), "a pair is worth more than its prices")


def _verify_crowd(task: _Task, proof: Certificate, left: int) -> None:
    if not left:
        return
    crowd, places = sorted(set(proof.crowd)), sorted(set(proof.places))
    inside = all(0 <= mentee < len(task.free) and task.free[mentee] for mentee in crowd)
    _refuse_if(not inside, "the crowd names somebody who does not wait for a place")
    elsewhere = np.asarray(task.allowed[crowd].any(0))
    elsewhere[places] = False
    _refuse_if(bool(elsewhere.any()), "the crowd could also go elsewhere")
    _refuse_if(len(crowd) - int(task.capacity[places].sum()) < left, "there are places for more of the crowd")
