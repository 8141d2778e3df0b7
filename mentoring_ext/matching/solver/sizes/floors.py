"""The fair objective with small groups: the highest floor at which as many are placed with as few small groups."""

from dataclasses import replace

import numpy as np

from mentoring_ext.matching.facts import Integers
from mentoring_ext.matching.solver.answers import Certificate
from mentoring_ext.matching.solver.groups.claims import Claims
from mentoring_ext.matching.solver.groups.pool import UNIT
from mentoring_ext.matching.solver.groups.rows import ALL
from mentoring_ext.matching.solver.sizes import model
from mentoring_ext.matching.solver.sizes.chains import Pairs
from mentoring_ext.matching.solver.sizes.sized import Sized
from mentoring_ext.matching.solver.watch import Watch
from mentoring_ext.matching.solver.worst import NO_SCORE, worst_of

SECONDS = 60.0


def raise_floor(
    sized: Sized, best: Pairs, first: Certificate | None, claims: Claims, small: int, watch: Watch
) -> tuple[Sized, Pairs]:
    """Return the task above the highest floor found, and pairs there; the claims say whether it is proven.

    ``first`` is the proof of an answer in which more small groups are allowed, where there is one.
    """
    worst = worst_of(sized.task, best.mentor_of)
    if worst == NO_SCORE:
        return sized, best
    count = int((sized.task.free & (best.mentor_of >= 0)).sum())
    claims.floor = worst
    is_fixed = worst == int(sized.task.fixed_points.min(initial=NO_SCORE))
    prices = None if is_fixed else _showing(sized, worst, first, count, small)
    if prices is None and not is_fixed:
        best, is_proven = _search(sized, best, count, small, watch)
        claims.floor = worst_of(sized.task, best.mentor_of)
        prices = _showing(sized, claims.floor, first, count, small)
        if prices is None and is_proven:
            claims.searched.append("floor")
        claims.settled = claims.settled and (is_proven or prices is not None)
    if prices is not None:
        claims.floor_prices = prices
    return Sized(replace(sized.task, floor=claims.floor)), best


def _showing(sized: Sized, floor: int, first: Certificate | None, count: int, small: int) -> Integers | None:
    """Return prices that show that not as many are placed above the floor."""
    above = Sized(replace(sized.task, floor=floor + 1))
    candidates = [np.zeros(sized.task.shape[0], dtype=np.int64), np.where(above.soft.reachable, UNIT, 0)]
    if first is not None:
        candidates += [first.floor_prices] if len(first.floor_prices) else []
        outside = sized.task.free.copy()
        outside[first.floor_crowd] = False
        candidates.append(np.where(outside, UNIT, 0))
    return next((prices for prices in candidates if above.count_bound(prices, small) < count), None)


def _search(sized: Sized, best: Pairs, count: int, small: int, watch: Watch) -> tuple[Pairs, bool]:
    """Return the pairs with the highest floor that HiGHS finds, and whether it looked at all floors."""
    if sized.task.shape[0] * sized.task.shape[1] > ALL:
        return best, False
    fixed = int(sized.task.fixed_points.min(initial=NO_SCORE))
    floors = np.unique(np.minimum(sized.task.points[sized.task.open].astype(np.int64), fixed))
    low, high = int(np.searchsorted(floors, worst_of(sized.task, best.mentor_of), side="right")), len(floors)
    while low < high and not watch.is_over:
        middle = (low + high) // 2
        watch.tell("fair", 0.6)
        above = Sized(replace(sized.task, floor=int(floors[middle])))
        found = model.fewest_small(above, count, watch.left(SECONDS))
        if found.pairs is not None and above.small(found.pairs.mentor_of).sum() <= small:
            best = found.pairs
            low = int(np.searchsorted(floors, worst_of(sized.task, best.mentor_of), side="right"))
        elif found.finished:
            high = middle
        else:
            return best, False
    return best, low >= high
