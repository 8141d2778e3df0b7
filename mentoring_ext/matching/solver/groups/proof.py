"""The check of answers for groups: how many, how fair and how good, each from prices and the whole table.

* *How many*: prices for placing anybody at all prove that no more can be placed (see ``bounds``; every pair is worth
  ``UNIT``).
* *How fair*: prices of the same kind for the pairs above the floor prove that fewer could be placed there.
* *How good*: the bound of the mentees' prices holds for every answer that places as many and, with the fair
  objective, keeps the floor.

What ``searched`` names was proven by the solver's search, which is not repeated; then the kind is ``search``. Where
``settled`` is false, nothing is claimed about how many and how fair, and the answer does not claim to be the best.
"""

from dataclasses import replace

import numpy as np

from mentoring_ext.matching.facts import Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER, Certificate, refuse_if
from mentoring_ext.matching.solver.groups.bounds import count_bound, gains_of
from mentoring_ext.matching.solver.groups.pool import Pool
from mentoring_ext.matching.solver.proof import HIGHEST_PRICE
from mentoring_ext.matching.solver.task import Task
from mentoring_ext.matching.solver.worst import NO_SCORE, worst_of

SEARCHES = {"count", "floor", "total"}


def prove_groups(task: Task, mentor_of: Integers, proof: Certificate) -> int:
    """Return the bound that follows; raises ``Refused`` when the prices prove less than the certificate says."""
    named = set(proof.searched)
    refuse_if(not named <= SEARCHES or (proof.kind == "search") != bool(named), "the proof is of another kind")
    count = int((task.free & (mentor_of != LEFT_OVER)).sum())
    if proof.settled and "count" not in named:
        _check_count(task, proof.count_prices, count, "more could be placed")
    if task.objective == "fair":
        task = _check_floor(task, mentor_of, proof, count)
    check_prices(task, proof.mentee_prices, proof.premium)
    gains = gains_of(Pool(task), np.asarray(proof.mentee_prices), proof.premium)
    refuse_if(gains is None, "a group that has to exist is impossible")
    fixed = int(task.fixed_points.sum())
    relaxed = 0 if gains is None else gains.bound(proof.mentee_prices, proof.premium, count) + fixed
    refuse_if(proof.relaxed != relaxed, "the bound does not follow from the prices")
    return task.total_of(mentor_of) if "total" in named else relaxed


def check_prices(task: Task, prices: Integers, premium: object) -> Integers:
    """Refuse prices that are not whole numbers of zero or more, one for each mentee; return them."""
    prices = np.asarray(prices)
    refuse_if(prices.dtype.kind not in "iu" or not isinstance(premium, int), "the prices are not whole numbers")
    refuse_if(prices.shape != (task.shape[0],), "there must be one price for each mentee")
    refuse_if((prices < 0).any(), "a price is below zero")
    highest = max(int(prices.max(initial=0)), abs(premium) if isinstance(premium, int) else 0)
    refuse_if(highest > HIGHEST_PRICE, "a price is beyond all scores")
    return prices


def _check_count(task: Task, prices: Integers, most: int, fault: str) -> None:
    check_prices(task, prices, 0)
    refuse_if(count_bound(Pool(task, counting=True), np.asarray(prices)) > most, fault)


def _check_floor(task: Task, mentor_of: Integers, proof: Certificate, count: int) -> Task:
    """Refuse a floor that is not the worst score or could be higher; return the task with the pairs below it closed."""
    placed = np.where(task.free, mentor_of, LEFT_OVER)
    worst = worst_of(task, placed)
    refuse_if(proof.floor != (None if worst == NO_SCORE else worst), "the floor is not the worst score")
    if worst == NO_SCORE:
        return task
    is_fixed = worst == int(task.fixed_points.min(initial=NO_SCORE))
    if proof.settled and not is_fixed and "floor" not in proof.searched:
        above = replace(task, floor=worst + 1)
        _check_count(above, proof.floor_prices, count - 1, "the worst score could be higher")
    return replace(task, floor=worst)
