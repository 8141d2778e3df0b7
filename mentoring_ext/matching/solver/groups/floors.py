"""The fair objective: the highest floor below which no score need be, with as many placed."""

from dataclasses import replace

import numpy as np

from mentoring_ext.matching.facts import Integers
from mentoring_ext.matching.solver.answers import Infeasible
from mentoring_ext.matching.solver.groups.bounds import count_bound
from mentoring_ext.matching.solver.groups.claims import Claims, Most, more_than
from mentoring_ext.matching.solver.groups.hunt import Hunt, begin, work_on
from mentoring_ext.matching.solver.groups.pool import Pool
from mentoring_ext.matching.solver.groups.repair import Settled, settle
from mentoring_ext.matching.solver.task import Task
from mentoring_ext.matching.solver.watch import Watch
from mentoring_ext.matching.solver.worst import NO_SCORE, worst_of


def raise_floor(hunt: Hunt, claims: Claims) -> Hunt:
    """Return a hunt above the highest floor found that still places as many; the claims say whether it is proven."""
    task, best = hunt.pool.task, hunt.best
    worst = worst_of(task, best.mentor_of)
    if worst == NO_SCORE:
        return hunt
    proof = Most()
    floors = _floors(hunt, worst)
    low, high = 0, len(floors)
    while low < high and not hunt.watch.is_over:
        middle = (low + high) // 2
        hunt.watch.tell("fair", 0.5)
        found, most = _reach(task, int(floors[middle]), best.count, hunt.watch)
        if found is None:
            high, proof = middle, most
        else:
            best, worst = found, worst_of(task, found.mentor_of)
            low = int(np.searchsorted(floors, worst, side="right"))
    claims.floor = worst
    if worst != int(task.fixed_points.min(initial=NO_SCORE)):
        proof = proof if low == high else Most()
        _claim(claims, _nobody_above(task, worst, best.count) if high == len(floors) else proof)
    return _above(task, worst, best, hunt.watch)


def keep_floor(hunt: Hunt, claims: Claims) -> None:
    """Take the worst score of the best pairs for the floor: it is higher where none was proven to be the highest."""
    task = hunt.pool.task
    worst = worst_of(task, hunt.best.mentor_of)
    if claims.floor is not None and worst > claims.floor:
        claims.floor = worst
        hunt.rows = replace(hunt.rows, pool=Pool(replace(task, floor=worst)))


def _floors(hunt: Hunt, worst: int) -> Integers:
    """Return the floors that may be possible, each one the points of a pair."""
    fixed = int(hunt.pool.task.fixed_points.min(initial=NO_SCORE))
    points = hunt.pool.task.points[hunt.pool.task.open] if hunt.rows.complete else hunt.rows.points
    floors = np.unique(np.minimum(points.astype(np.int64), fixed))
    return floors[floors > worst]


def _reach(task: Task, floor: int, count: int, watch: Watch) -> tuple[Settled | None, Most]:
    """Return pairs above the floor with as many placed; else why there are none, as far as that is known."""
    try:
        hunt = begin(Pool(replace(task, floor=floor)), watch)
    except Infeasible:
        return None, Most(searched=True)
    if hunt.best.count < count:
        work_on(hunt)
    if hunt.best.count >= count:
        return hunt.best, Most()
    most = more_than(hunt.rows, count - 1, hunt)
    return most.more, most


def _nobody_above(task: Task, worst: int, count: int) -> Most:
    """Return prices of nothing where no pair is above the floor."""
    prices = np.zeros(task.shape[0], dtype=np.int64)
    above = Pool(replace(task, floor=worst + 1), counting=True)
    return Most(prices=prices) if count_bound(above, prices) < count else Most()


def _claim(claims: Claims, proof: Most) -> None:
    if proof.prices is not None:
        claims.floor_prices = proof.prices
    elif proof.searched:
        claims.searched.append("floor")
    else:
        claims.settled = False


def _above(task: Task, floor: int, best: Settled, watch: Watch) -> Hunt:
    hunt = begin(Pool(replace(task, floor=floor)), watch)
    hunt.offer(settle(hunt.rows, hunt.rows.holding(best.mentor_of)))
    work_on(hunt)
    return hunt
