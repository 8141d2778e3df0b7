"""The check of answers with preferred sizes.

* *How many*: as without preferred sizes.
* *How few small groups*: prices prove that with one less not as many could be placed (see ``sized``). Where only those
  are small that are certain to be, nothing is to be shown.
* *How fair*: prices prove that with as few small groups not as many could be placed above the floor.
* *How good*: the bound of the prices for as many mentees with as few small groups.

A certificate of plain prices holds for all answers that place as many, so for those with few small groups, too; it
stands where no group is small that need not be.
"""

from dataclasses import replace

import numpy as np

from mentoring_ext.matching.facts import Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER, Certificate, refuse_if
from mentoring_ext.matching.solver.groups.bounds import count_bound
from mentoring_ext.matching.solver.groups.proof import SEARCHES, check_prices
from mentoring_ext.matching.solver.proof import prove_by_prices
from mentoring_ext.matching.solver.sizes.sized import Sized
from mentoring_ext.matching.solver.task import Task
from mentoring_ext.matching.solver.worst import NO_SCORE, worst_of


def prove_sizes(task: Task, mentor_of: Integers, proof: Certificate) -> int:
    """Return the bound that follows; raises ``Refused`` when the certificate says more than it proves."""
    sized = Sized(task)
    small = int(sized.small(mentor_of).sum())
    refuse_if(proof.small != small, "the number of small groups is wrong")
    if proof.kind == "prices":
        refuse_if(sized.limit(small) > 0, "these prices do not show that no fewer groups could be small")
        return prove_by_prices(sized.soft.task, mentor_of, proof)
    named = set(proof.searched)
    is_search = proof.kind == "search"
    refuse_if(not named <= {*SEARCHES, "small"} or is_search != bool(named), "the proof is of another kind")
    count = int((task.free & (mentor_of != LEFT_OVER)).sum())
    _check_counts(sized, proof, count, small)
    if task.objective == "fair":
        sized = _check_floor(sized, mentor_of, proof, count, small)
    prices = check_prices(task, proof.mentee_prices, proof.premium)
    bound = sized.bound(sized.gained(prices, proof.premium), prices, proof.premium, count, small)
    refuse_if(bound is None, "a group that has to exist is impossible")
    relaxed = (bound or 0) + int(task.fixed_points.sum())
    refuse_if(proof.relaxed != relaxed, "the bound does not follow from the prices")
    return task.total_of(mentor_of) if "total" in named else relaxed


def _check_counts(sized: Sized, proof: Certificate, count: int, small: int) -> None:
    if proof.settled and "count" not in proof.searched:
        prices = check_prices(sized.task, proof.count_prices, 0)
        refuse_if(count_bound(replace(sized.soft, counting=True), prices) > count, "more could be placed")
    if proof.settled and "small" not in proof.searched and sized.limit(small) > 0:
        prices = check_prices(sized.task, proof.small_prices, 0)
        refuse_if(sized.count_bound(prices, small - 1) >= count, "fewer groups could be small")


def _check_floor(sized: Sized, mentor_of: Integers, proof: Certificate, count: int, small: int) -> Sized:
    """Refuse a floor that is not the worst score or could be higher; return the task with the pairs below it closed."""
    task = sized.task
    worst = worst_of(task, np.where(task.free, mentor_of, LEFT_OVER))
    refuse_if(proof.floor != (None if worst == NO_SCORE else worst), "the floor is not the worst score")
    if worst == NO_SCORE:
        return sized
    is_fixed = worst == int(task.fixed_points.min(initial=NO_SCORE))
    if proof.settled and not is_fixed and "floor" not in proof.searched:
        prices = check_prices(task, proof.floor_prices, 0)
        above = Sized(replace(task, floor=worst + 1))
        refuse_if(above.count_bound(prices, small) >= count, "the worst score could be higher")
    return Sized(replace(task, floor=worst))
