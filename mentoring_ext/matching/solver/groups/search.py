"""The strategy for groups: find good pairs, prove how good they are, search for the best where that is small enough.

In this order, each with what the one before found: how many can be placed, with the fair objective how high the worst
score can be, and the total.
"""

import numpy as np

from mentoring_ext.matching.facts import Floats, Integers
from mentoring_ext.matching.solver.answers import Certificate, Solution
from mentoring_ext.matching.solver.groups import model
from mentoring_ext.matching.solver.groups.bounds import gains_of
from mentoring_ext.matching.solver.groups.claims import Claims, prove_count
from mentoring_ext.matching.solver.groups.floors import raise_floor
from mentoring_ext.matching.solver.groups.hunt import Hunt, begin, climb_on, work_on
from mentoring_ext.matching.solver.groups.pool import Pool
from mentoring_ext.matching.solver.groups.repair import ENDLESS, settle
from mentoring_ext.matching.solver.task import Task
from mentoring_ext.matching.solver.watch import Watch

SECONDS = 120.0
ALMOST = 0.5
"""A bound of HiGHS less than this above a whole number of points means that number."""
NARROW = 2_500
"""Pairs of rows in the first, quick search: those that cost the bound least."""
QUICK = 0.2
CLIMB = 200


def solve_groups(task: Task, watch: Watch) -> Solution:
    """Return the best pairs found for groups with a smallest size, a common slot or both, and how good they are."""
    claims = Claims()
    hunt = begin(Pool(task), watch)
    work_on(hunt)
    prove_count(hunt, claims)
    if task.objective == "fair":
        hunt = raise_floor(hunt, claims)
    prices, premium, relaxed = _relax(hunt)
    bound = relaxed
    if relaxed > hunt.best.total and hunt.is_searchable and watch.left(ENDLESS) > 0:
        bound = _search(hunt, claims, relaxed)
        prices, premium, relaxed = _relax(hunt)
    fixed = int(task.fixed_points.sum())
    certificate = Certificate(
        kind="search" if claims.searched else "bound",
        scale=task.scale,
        mentee_prices=prices,
        premium=premium,
        floor=claims.floor,
        count_prices=claims.count_prices,
        floor_prices=claims.floor_prices,
        searched=claims.searched,
        settled=claims.settled,
        relaxed=relaxed + fixed,
    )
    mentor_of = task.with_fixed(hunt.best.mentor_of)
    slots = hunt.pool.slots_of(hunt.best.slots(hunt.rows), mentor_of)
    return Solution(mentor_of, min(bound, relaxed) + fixed, certificate, slots)


def _relax(hunt: Hunt) -> tuple[Integers, int, int]:
    """Return whole prices, their premium and the bound that follows for as many as are placed."""
    prices, premium = hunt.prices.whole(hunt.pool.task.free)
    gains = gains_of(hunt.pool, prices, premium)
    if gains is None:
        raise AssertionError("a group that has to exist was settled and yet is impossible")
    return prices, premium, gains.bound(prices, premium, hunt.best.count)


def _search(hunt: Hunt, claims: Claims, relaxed: int) -> int:
    """Let HiGHS look for the best, first close to the bound, then as far below it as the pairs at hand; the bound."""
    watch = hunt.watch
    watch.tell("search", 0.8)
    seconds = watch.left(watch.passed + SECONDS)
    until = watch.passed + seconds
    for quick in (True, False):
        lost = model.losses(hunt.rows, hunt.prices.net)
        width = min(_narrow(lost) if quick else np.inf, relaxed - hunt.best.total + ALMOST)
        kept = model.keep(hunt.rows, lost, width)
        share = seconds * QUICK if quick else until - watch.passed
        found = model.search(hunt.rows, kept, count=hunt.best.count, seconds=share)
        if found.chosen is not None:
            hunt.offer(settle(hunt.rows, found.chosen))
        total = hunt.best.total
        if found.finished and width > relaxed - total and (found.chosen is None or found.bound < total + ALMOST):
            claims.searched.append("total")
            return total
        climb_on(hunt, CLIMB)
        relaxed = min(relaxed, _relax(hunt)[2])
    return relaxed


def _narrow(lost: Floats) -> float:
    return float(np.partition(lost, NARROW)[NARROW]) if len(lost) > NARROW else np.inf
