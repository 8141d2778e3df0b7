"""The strategy where every place stands for itself: the best assignment, and prices that prove it (see ``proof``)."""

from dataclasses import dataclass, replace

import numpy as np

from mentoring_ext.matching.facts import Bools, Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER, Certificate, Solution
from mentoring_ext.matching.solver.duals import Prices, prices_of
from mentoring_ext.matching.solver.fair import highest_floor
from mentoring_ext.matching.solver.flow import best_flow
from mentoring_ext.matching.solver.guess import guess
from mentoring_ext.matching.solver.proof import bound_of
from mentoring_ext.matching.solver.pruning import Keys, arcs_of, at_least, joined, most_wanted, worth_more
from mentoring_ext.matching.solver.task import Task
from mentoring_ext.matching.solver.watch import Watch

SMALL = 2_000
"""So many pairs are all looked at in one go."""
FIRST = 16
"""So many pairs of each mentee are looked at first; all, where there are no more in the mean."""
MORE = 8
NEAR = 1 / 50
"""Pairs that miss the prices by less than this share of all points' range come along with those that are above."""


@dataclass(frozen=True, eq=False)
class Best:
    """The best mentor of each free mentee (−1: none, or fixed), prices that prove it, and the pairs looked at."""

    placed: Integers
    prices: Prices
    keys: Keys


def solve_by_prices(task: Task, watch: Watch) -> Solution:
    """Return the best pairs with prices and Hall sets; smallest sizes and slots are not looked at."""
    best = best_by_prices(task, watch, first_pairs(task))
    crowd, places = _numbers(best.prices.crowd), _numbers(best.prices.places)
    certificate = Certificate("prices", task.scale, crowd=crowd, places=places)
    if task.objective == "fair":
        found = highest_floor(task, best.placed, best.prices, best.keys, watch)
        floor_crowd, floor_places = _numbers(found.crowd), _numbers(found.places)
        certificate = replace(certificate, floor=found.points, floor_crowd=floor_crowd, floor_places=floor_places)
        if found.points is not None and not found.is_kept:
            floored = replace(task, floor=found.points)
            best = best_by_prices(floored, watch, at_least(task, joined(best.keys, found.keys), found.points))
    prices = best.prices
    certificate = replace(
        certificate, mentee_prices=prices.mentees, mentor_prices=prices.mentors, premium=prices.premium
    )
    count = int((best.placed != LEFT_OVER).sum())
    return Solution(task.with_fixed(best.placed), bound_of(task, certificate, count), certificate)


def first_pairs(task: Task) -> Keys:
    """Return the pairs to begin with: all open ones where there are few, else those most wanted at guessed prices."""
    people, mentors = task.shape
    if people * mentors <= SMALL or np.count_nonzero(task.allowed) <= FIRST * people:
        return most_wanted(task, np.zeros(mentors, dtype=np.int64), mentors)
    return most_wanted(task, guess(task), FIRST)


def best_by_prices(task: Task, watch: Watch, keys: Keys) -> Best:
    """Return the best pairs over all that are open, and prices that cover them; it begins with those of ``keys``.

    Solves over few pairs, looks for pairs of the whole table that the prices do not cover, adds them, and repeats. Of
    the pairs of the beginning only those stay that the first prices hardly cover.
    """
    people, mentors = task.shape
    done, first = 0.0, True
    while True:
        watch.tell("prices", done)
        arcs = arcs_of(task, keys)
        placed = best_flow(arcs, people, task.places)
        prices = prices_of(arcs, placed, task.free, mentors)
        near = int(NEAR * (int(arcs.points.max(initial=0)) - int(arcs.points.min(initial=0))))
        more = worth_more(task, prices, near, MORE)
        if not len(more):
            return Best(placed, prices, keys)
        keys = joined(keys[placed[arcs.mentees] == arcs.mentors] if first else keys, more)
        first = False
        done += (1 - done) / 2


def _numbers(chosen: Bools) -> list[int]:
    return [int(number) for number in np.flatnonzero(chosen)]
