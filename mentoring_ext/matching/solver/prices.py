"""The strategy where every place stands for itself: the best assignment, and prices that prove it (see ``proof``)."""

from dataclasses import replace

import numpy as np

from mentoring_ext.matching.facts import Bools, Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER, Certificate, Solution
from mentoring_ext.matching.solver.duals import Prices, prices_of
from mentoring_ext.matching.solver.fair import highest_floor
from mentoring_ext.matching.solver.flow import best_flow
from mentoring_ext.matching.solver.proof import bound_of
from mentoring_ext.matching.solver.pruning import arcs_of, guess, joined, most_wanted, worth_more
from mentoring_ext.matching.solver.task import Task
from mentoring_ext.matching.solver.watch import Watch

SMALL = 2_000
"""So many pairs are all looked at in one go."""
FIRST = 12
MORE = 8
NEAR = 1 / 50
"""Pairs that miss the prices by less than this share of all points' range come along with those that are above."""


def solve_by_prices(task: Task, watch: Watch) -> Solution:
    """Return the best pairs with prices and Hall sets; smallest sizes and slots are not looked at."""
    placed, prices = best_by_prices(task, watch)
    crowd, places = _numbers(prices.crowd), _numbers(prices.places)
    certificate = Certificate("prices", task.scale, crowd=crowd, places=places)
    if task.objective == "fair":
        found = highest_floor(task, placed, watch)
        certificate = replace(certificate, floor=found.points)
        if found.points is not None:
            floored = replace(task, floor=found.points)
            floor_crowd, floor_places = _numbers(found.crowd), _numbers(found.places)
            certificate = replace(certificate, floor_crowd=floor_crowd, floor_places=floor_places)
            placed, prices = best_by_prices(floored, watch)
    certificate = replace(
        certificate, mentee_prices=prices.mentees, mentor_prices=prices.mentors, premium=prices.premium
    )
    count = int((placed != LEFT_OVER).sum())
    return Solution(task.with_fixed(placed), bound_of(task, certificate, count), certificate)


def best_by_prices(task: Task, watch: Watch) -> tuple[Integers, Prices]:
    """Return the best mentor of each free mentee (−1: none, or fixed) over all open pairs, and prices that cover them.

    Solves over few pairs, looks for pairs of the whole table that the prices do not cover, adds them, and repeats.
    """
    people, mentors = task.shape
    small = people * mentors <= SMALL
    first = mentors if small else FIRST
    keys = most_wanted(task, np.zeros(mentors, dtype=np.int64) if small else guess(task), first)
    done = 0.0
    while True:
        watch.tell("prices", done)
        arcs = arcs_of(task, keys)
        placed = best_flow(arcs, people, task.places)
        prices = prices_of(arcs, placed, task.free, mentors)
        if first >= mentors:
            return placed, prices
        near = int(NEAR * (int(arcs.points.max(initial=0)) - int(arcs.points.min(initial=0))))
        more = worth_more(task, prices, near, MORE)
        if not len(more):
            return placed, prices
        keys = joined(keys, more)
        done += (1 - done) / 2


def _numbers(chosen: Bools) -> list[int]:
    return [int(number) for number in np.flatnonzero(chosen)]
