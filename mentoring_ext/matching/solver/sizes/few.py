"""Where some groups have to be small: how few, which, and the best pairs with so few.

Pairs with few small groups come from those without any, whose left over are placed by chains, or from HiGHS. That no
fewer do is shown by prices or by HiGHS. With the small groups named, the search for groups finds good pairs and good
prices; in programmes of usual size HiGHS then looks at all pairs that a better answer could have.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from mentoring_ext.matching.facts import Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER, NO_SLOT, Certificate, Infeasible, Solution
from mentoring_ext.matching.solver.groups.claims import Claims
from mentoring_ext.matching.solver.groups.model import THOUSAND
from mentoring_ext.matching.solver.groups.pool import UNIT
from mentoring_ext.matching.solver.groups.rows import ALL
from mentoring_ext.matching.solver.groups.search import solve_groups
from mentoring_ext.matching.solver.sizes import model
from mentoring_ext.matching.solver.sizes.chains import Pairs, placing_more
from mentoring_ext.matching.solver.sizes.floors import raise_floor
from mentoring_ext.matching.solver.sizes.sized import Sized
from mentoring_ext.matching.solver.watch import TimeIsOver, Watch
from mentoring_ext.matching.solver.worst import worst_of

SECONDS = 60.0
FEWEST, GOOD = 0.3, 0.7
"""Shares of what is left of the time: to find the fewest small groups, then for good pairs with these."""
ALMOST = 0.5
"""A bound of HiGHS less than this above a whole number of points means that number."""
Priced = tuple[Integers, int, int]
"""Prices, premium, and the bound that follows."""


@dataclass(frozen=True, eq=False)
class Most:
    """How many free mentees can be placed, the prices that prove it, pairs that do, and what a search showed."""

    count: int
    prices: Integers
    mentor_of: Integers
    slots: Integers | None
    searched: list[str] = field(default_factory=list)
    settled: bool = True


def few_small(sized: Sized, most: Most, plain: Solution | None, firm: Solution | None, watch: Watch) -> Solution:
    """Return the best pairs found that place ``most`` with as few small groups as were found."""
    claims = Claims(count_prices=most.prices, searched=list(most.searched), settled=most.settled)
    watch.tell("sizes", 0.5)
    best, small_prices = _fewest(sized, most, firm, claims, watch)
    small = _small(sized, best)
    plain_is_best = plain is not None and sized.small(plain.mentor_of).sum() == small
    runs = [plain, firm] if plain_is_best else [_good(sized, best, watch), plain, firm]
    kept = [found for found in runs if found is not None]
    best = _best_of(sized, best, kept, most.count)
    if sized.task.objective == "fair":
        small = _small(sized, best)
        sized, best = raise_floor(sized, best, _first(plain, kept), claims, small, watch)
        run = None if plain_is_best or claims.floor is None else _good(sized, best, watch)
        kept = kept if run is None else [run, *kept]
        best = _best_of(sized, best, kept, most.count)
    return _priced(sized, best, most.count, small_prices, kept, claims, watch)


def _small(sized: Sized, pairs: Pairs) -> int:
    return int(sized.small(pairs.mentor_of).sum())


def _first(plain: Solution | None, kept: list[Solution]) -> Certificate | None:
    return plain.certificate if plain is not None else kept[0].certificate if kept else None


def _slots(sized: Sized, slots: Integers | None) -> Integers:
    return np.full(sized.task.shape[1], NO_SLOT, dtype=np.int64) if slots is None else slots


def _is_small_enough(sized: Sized) -> bool:
    return sized.task.shape[0] * sized.task.shape[1] <= ALL


def _fewest(sized: Sized, most: Most, firm: Solution | None, claims: Claims, watch: Watch) -> tuple[Pairs, Integers]:
    """Return pairs with the fewest small groups that were found, and prices that prove it, none where none do."""
    best = Pairs(most.mentor_of, _slots(sized, most.slots))
    if firm is not None:
        begun = Pairs(firm.mentor_of, _slots(sized, firm.slot_of))
        best = _fewer(sized, best, placing_more(sized.soft, begun, watch), most.count)
    small = int(sized.small(best.mentor_of).sum())
    prices = _showing(sized, most, firm, small, watch)
    if prices is not None:
        return best, prices
    if _is_small_enough(sized) and not watch.is_over:
        found = model.fewest_small(sized, most.count, FEWEST * watch.left(SECONDS))
        if found.pairs is not None:
            best = _fewer(sized, best, found.pairs, most.count)
        if found.finished:
            claims.searched.append("small")
            return best, np.zeros(0, dtype=np.int64)
    claims.settled = False
    return best, np.zeros(0, dtype=np.int64)


def _showing(sized: Sized, most: Most, firm: Solution | None, small: int, watch: Watch) -> Integers | None:
    """Return prices that show that with one small group less not as many are placed."""
    for prices in _candidates(sized, most, firm):
        try:
            if sized.count_bound(prices, small - 1, watch) < most.count:
                return prices
        except TimeIsOver:
            return None
    return None


def _candidates(sized: Sized, most: Most, firm: Solution | None) -> Iterator[Integers]:
    if firm is not None:
        if len(firm.certificate.count_prices):
            yield firm.certificate.count_prices
        yield np.where(sized.task.free & (firm.mentor_of != LEFT_OVER), UNIT, 0)
    if len(most.prices):
        yield most.prices


def _count(sized: Sized, mentor_of: Integers) -> int:
    return int((sized.task.free & (mentor_of != LEFT_OVER)).sum())


def _fewer(sized: Sized, one: Pairs, other: Pairs, count: int) -> Pairs:
    """Return the pairs that place as many with fewer small groups, of equals the first."""
    if _count(sized, other.mentor_of) < count:
        return one
    return other if sized.small(other.mentor_of).sum() < sized.small(one.mentor_of).sum() else one


def _best_of(sized: Sized, best: Pairs, runs: list[Solution], count: int) -> Pairs:
    for found in runs:
        best = _better(sized, best, Pairs(found.mentor_of, _slots(sized, found.slot_of)), count)
    return best


def _better(sized: Sized, one: Pairs, other: Pairs, count: int) -> Pairs:
    """Return the better pairs of those that place as many: fewer small groups, then fairer, then more points."""
    if _count(sized, other.mentor_of) < count:
        return one
    task = sized.task

    def rank(pairs: Pairs) -> tuple[int, int, int]:
        worst = worst_of(task, pairs.mentor_of) if task.objective == "fair" else 0
        return -int(sized.small(pairs.mentor_of).sum()), worst, task.total_of(pairs.mentor_of)

    return other if rank(other) > rank(one) else one


def _good(sized: Sized, best: Pairs, watch: Watch) -> Solution | None:
    """Return the best pairs in which no other groups are small than in those at hand; None where fixed pairs bar it."""
    part = watch if watch.seconds is None else watch.within(GOOD * watch.left(SECONDS))
    try:
        return solve_groups(sized.allowing(sized.small(best.mentor_of)).task, part)
    except Infeasible:
        return None


def _priced(
    sized: Sized,
    best: Pairs,
    count: int,
    small_prices: Integers,
    kept: list[Solution],
    claims: Claims,
    watch: Watch,
) -> Solution:
    """Return the pairs with the lowest bound of the prices at hand, and with better pairs where HiGHS finds some.

    Where it is not shown that no fewer groups can be small, or how high the worst score can be, the better pairs may
    have fewer, or a higher one: then the bound is theirs.
    """
    small, lowest = _small(sized, best), _lowest(sized, kept, count, _small(sized, best))
    best = _searched(sized, best, lowest, count, claims, watch)
    floor = None if claims.floor is None else worst_of(sized.task, best.mentor_of)
    if (_small(sized, best), floor) != (small, claims.floor):
        small, claims.floor, sized = _small(sized, best), floor, Sized(replace(sized.task, floor=floor))
        lowest = _lowest(sized, kept, count, small)
    task = sized.task
    prices, premium, bound = lowest
    total, fixed = _free_total(sized, best), int(task.fixed_points.sum())
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
        relaxed=bound + fixed,
        small=small,
        small_prices=small_prices,
    )
    slots = sized.soft.slots_of(best.slots, best.mentor_of)
    return Solution(best.mentor_of, (total if "total" in claims.searched else bound) + fixed, certificate, slots)


def _searched(sized: Sized, best: Pairs, lowest: Priced, count: int, claims: Claims, watch: Watch) -> Pairs:
    """Return the best of all pairs that could be better than those at hand, in programmes of usual size.

    The claims say where it took a search to show that there are none above.
    """
    prices, premium, bound = lowest
    total, limit = _free_total(sized, best), sized.limit(_small(sized, best))
    if total >= bound or not _is_small_enough(sized) or watch.is_over:
        return best
    watch.tell("search", 0.8)
    lines = model.Lines.within(sized, sized.gained(prices, premium), prices - premium, limit, bound - total)
    found = model.highest_total(sized, lines, count, limit, watch.left(SECONDS))
    if found.pairs is not None and _free_total(sized, found.pairs) > total:
        best, total = found.pairs, _free_total(sized, found.pairs)
    is_best = found.finished and (found.pairs is None or -found.bound * THOUSAND < total + ALMOST)
    if is_best and total < bound:
        claims.searched.append("total")
    return best


def _free_total(sized: Sized, pairs: Pairs) -> int:
    return sized.task.total_of(pairs.mentor_of) - int(sized.task.fixed_points.sum())


def _lowest(sized: Sized, kept: list[Solution], count: int, small: int) -> Priced:
    """Return the prices and premium with the lowest bound, and that bound."""
    nothing = np.zeros(sized.task.shape[0], dtype=np.int64), 0
    found = [(np.asarray(run.certificate.mentee_prices), run.certificate.premium) for run in kept] + [nothing]
    bounds = [sized.bound(sized.gained(prices, premium), prices, premium, count, small) for prices, premium in found]
    possible = [at for at, bound in enumerate(bounds) if bound is not None]
    if not possible:
        raise AssertionError("pairs were found that are impossible")
    at = min(possible, key=lambda place: bounds[place] or 0)
    return *found[at], bounds[at] or 0
