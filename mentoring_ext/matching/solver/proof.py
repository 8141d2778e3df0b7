"""Prices and Hall sets: what they prove, and the check that they do.

* *Nobody more can be placed.* A Hall set: mentees who can only go to a few mentors, with fewer places than mentees.
* *The total cannot be higher.* Prices: each mentee i has a price u and each mentor j a price v for one place, none
  below zero, so that u + v is at least the pair's points plus one premium λ for being placed. Then no assignment of k
  mentees has a total above Σu + Σ places·v − λ·k; the best one reaches it.
* *The worst score cannot be higher* (fair objective). A Hall set among the pairs above the floor.

*Source:* Kuhn's and Hall's theorems; Schrijver, "Combinatorial Optimization" (2003), chapters 16–17.
"""

from collections.abc import Sequence
from dataclasses import replace
from operator import mul

import numpy as np

from mentoring_ext.matching.facts import Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER, Certificate, refuse_if
from mentoring_ext.matching.solver.task import Task

HIGHEST_PRICE = 2**52


def prove_by_prices(task: Task, mentor_of: Integers, proof: Certificate) -> int:
    """Return the bound that follows from the prices; raises ``Refused`` when prices or Hall set prove nothing."""
    placed = np.where(task.free, mentor_of, LEFT_OVER)
    left = int((task.free & (placed == LEFT_OVER)).sum())
    _check_crowd(task, proof.crowd, proof.places, left)
    if task.objective == "fair":
        task = _check_floor(task, mentor_of, proof, left)
    _check_prices(task, proof)
    return bound_of(task, proof, int((placed != LEFT_OVER).sum()))


def bound_of(task: Task, proof: Certificate, count: int) -> int:
    """Return the bound of the total that the prices give, with ``count`` mentees placed besides the fixed ones."""
    mentees: int = sum(proof.mentee_prices.tolist())
    mentors: int = sum(map(mul, proof.mentor_prices.tolist(), task.places.tolist()))
    return mentees + mentors - proof.premium * count + int(task.fixed_points.sum())


def _check_prices(task: Task, proof: Certificate) -> None:
    mentees, mentors = np.asarray(proof.mentee_prices), np.asarray(proof.mentor_prices)
    whole = mentees.dtype.kind in "iu" and mentors.dtype.kind in "iu" and isinstance(proof.premium, int)
    refuse_if(not whole, "the prices are not whole numbers")
    right = mentees.shape == (task.shape[0],) and mentors.shape == (task.shape[1],)
    refuse_if(not right, "there must be one price for each person")
    refuse_if((mentees < 0).any() or (mentors < 0).any(), "a price is below zero")
    highest = max(int(mentees.max(initial=0)), int(mentors.max(initial=0)), abs(proof.premium))
    refuse_if(highest > HIGHEST_PRICE, "a price is beyond all scores")
    for rows, points, is_open in task.tiles():
        over = is_open & (points > (mentees[rows] - proof.premium)[:, None] + mentors[None, :])
        refuse_if(over.any(), "a pair is worth more than its prices")


def _check_crowd(task: Task, crowd: Sequence[int], places: Sequence[int], left: int) -> None:
    """Refuse a Hall set that does not show that ``left`` mentees stay without a place."""
    if not left:
        return
    mentees, mentors = sorted(set(crowd)), sorted(set(places))
    inside = all(0 <= mentee < task.shape[0] and task.free[mentee] for mentee in mentees)
    refuse_if(not inside, "the crowd names somebody who does not wait for a place")
    refuse_if(not all(0 <= mentor < task.shape[1] for mentor in mentors), "the crowd's places name no mentor")
    elsewhere = np.ones(task.shape[1], dtype=bool)
    elsewhere[mentors] = False
    chosen = np.zeros(task.shape[0], dtype=bool)
    chosen[mentees] = True
    for rows, _, is_open in task.tiles():
        refuse_if((is_open[chosen[rows]].any(0) & elsewhere).any(), "the crowd could also go elsewhere")
    refuse_if(len(mentees) - int(task.places[mentors].sum()) < left, "there are places for more of the crowd")


def _check_floor(task: Task, mentor_of: Integers, proof: Certificate, left: int) -> Task:
    """Refuse a floor that is not the worst score or could be higher; return the task with the pairs below it closed."""
    rows = np.flatnonzero(mentor_of != LEFT_OVER)
    worst = int(task.points_at(rows, mentor_of[rows]).min()) if len(rows) else None
    refuse_if(proof.floor != worst, "the floor is not the worst score")
    if worst is None:
        return task
    if worst != int(task.fixed_points.min(initial=2**31)):
        _check_crowd(replace(task, floor=worst + 1), proof.floor_crowd, proof.floor_places, left + 1)
    return replace(task, floor=worst)
