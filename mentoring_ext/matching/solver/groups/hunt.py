"""Good pairs and good prices of one pool: climb, settle, improve, and in large programmes look at all pairs again."""

from dataclasses import dataclass, replace

import numpy as np

from mentoring_ext.matching.facts import Floats, Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER, Infeasible
from mentoring_ext.matching.solver.groups import model
from mentoring_ext.matching.solver.groups.ascent import SHORTER, Prices, climb, first_prices
from mentoring_ext.matching.solver.groups.master import Rules
from mentoring_ext.matching.solver.groups.pool import Pool
from mentoring_ext.matching.solver.groups.repair import Settled, improve, settle
from mentoring_ext.matching.solver.groups.rows import Rows
from mentoring_ext.matching.solver.groups.tops import Tops
from mentoring_ext.matching.solver.prices import solve_by_prices
from mentoring_ext.matching.solver.watch import TimeIsOver, Watch

FIRST_STEPS, STEPS = 100, 900
LARGE_FIRST, LARGE, LARGE_LAST = (10, 15, 25), (30,) * 6, (30,) * 6
"""Steps between two looks at all pairs; in the last ones with as many placed as were placed so far."""
LARGE_STRIDE = 0.35
TRIES, WORK = 40, 60_000_000
MUST_SECONDS = 60.0


@dataclass(eq=False)
class Hunt:
    """What is known of a pool so far: the rows looked at, prices, and the best pairs."""

    rows: Rows
    prices: Prices
    best: Settled
    watch: Watch

    @property
    def pool(self) -> Pool:
        """The pool that is hunted in."""
        return self.rows.pool

    @property
    def rules(self) -> Rules:
        """What a choice of groups keeps that places as many as the best pairs."""
        return Rules(self.pool.reachable, self.rows.bound_to, self.best.count)

    @property
    def tries(self) -> int:
        """How many flows may be tried, so that large programmes take no longer than they should."""
        return min(TRIES, 4 + WORK // (1 + len(self.rows.mentees) + 40 * self.pool.shape[0]))

    def offer(self, found: Settled | None) -> None:
        """Take other pairs where they are better."""
        if found is not None and found.beats(self.best):
            self.best = found

    def settle_by_prices(self) -> None:
        """Settle what the mentors want at the present prices, now and most often of late."""
        for chosen in _chosen(self.rows, self.prices):
            self.offer(settle(self.rows, chosen))


def begin(pool: Pool, watch: Watch) -> Hunt:
    """Start a hunt; raises ``Infeasible`` when groups with fixed mentees cannot all reach their smallest size."""
    watch.tell("prices", 0.1)
    rows, prices = _from_plain(pool, watch) if pool.task.mentee_slots is None else _from_points(pool)
    count, best = most_at_all(pool), _best_choice(rows, prices, None) if rows.complete else None
    for steps in (FIRST_STEPS,) if rows.complete else LARGE_FIRST:
        total = float(best.total) if best is not None and best.count == count else None
        prices = climb(rows, prices, count=count, reachable=total, steps=steps, watch=watch)
        rows = rows if rows.complete else _renewed(rows, prices.net, None, watch)
    best = _best_choice(rows, prices, best)
    return Hunt(rows, prices, best or _settle_must(rows), watch)


def _from_points(pool: Pool) -> tuple[Rows, Prices]:
    rows = Rows.of(pool)
    return rows, first_prices(rows)


def _from_plain(pool: Pool, watch: Watch) -> tuple[Rows, Prices]:
    """Begin with the best plain pairs and their prices: with one slot for all, smallest sizes change little of them.

    Some rows there must be, even when the time is over by now.
    """
    plain = solve_by_prices(replace(pool.task, minimum=None, objective="total"), watch)
    proof = plain.certificate
    prices = np.where(pool.reachable, proof.mentee_prices, 0).astype(float)
    row_of = np.append(np.where(pool.places > 0, (pool.places > 0).cumsum() - 1, -1), -1)
    homes = np.where(pool.reachable, row_of[plain.mentor_of], -1)
    rows = Rows.of(pool, prices - proof.premium, homes)
    return rows, Prices(prices, float(proof.premium), np.inf, np.zeros(len(rows)))


def most_at_all(pool: Pool) -> int:
    """Return how many free mentees could be placed if only places counted."""
    return min(int(pool.reachable.sum()), int(pool.places.sum()))


def work_on(hunt: Hunt) -> None:
    """Improve pairs and prices."""
    hunt.watch.tell("pairs", 0.3)
    if hunt.rows.complete:
        hunt.best = improve(hunt.rows, hunt.best, hunt.tries, hunt.watch)
        climb_on(hunt, STEPS)
    else:
        _work_on_large(hunt)
    if not hunt.watch.is_over:
        hunt.settle_by_prices()
        hunt.watch.tell("pairs", 0.7)
        hunt.best = improve(hunt.rows, hunt.best, hunt.tries, hunt.watch)


def climb_on(hunt: Hunt, steps: int, count: int | None = None) -> None:
    """Make the bound for as many mentees as are placed, or for another count, lower."""
    count, total = hunt.best.count if count is None else count, float(hunt.best.total)
    hunt.prices = climb(hunt.rows, hunt.prices, count=count, reachable=total, steps=steps, watch=hunt.watch)


def _work_on_large(hunt: Hunt) -> None:
    """Climb, name those who are worth most at the new prices, and settle; go back where all pairs show a higher bound.

    Who is worth most at the best prices so far is named, too, so that the way there stays known.
    """
    most, best = most_at_all(hunt.pool), hunt.prices
    best.bound, best.stride = _bound(hunt), LARGE_STRIDE
    for turn, steps in enumerate(LARGE + LARGE_LAST):
        if hunt.watch.is_over:
            break
        climb_on(hunt, steps, most if turn < len(LARGE) else None)
        hunt.watch.tell("pruned", 0.3 + 0.03 * turn)
        found = hunt.prices
        hunt.rows = _renewed(hunt.rows, np.minimum(found.net, best.net), _homes(hunt.best), hunt.watch)
        if hunt.watch.is_over:
            break
        hunt.settle_by_prices()
        found.bound = _bound(hunt)
        is_worse = _at(found, hunt.best.count) > _at(best, hunt.best.count)
        hunt.prices = replace(best, often=found.often, stride=found.stride * SHORTER) if is_worse else found
        best = best if is_worse else found
    hunt.prices = best


def _renewed(rows: Rows, net: Floats, homes: Integers | None, watch: Watch) -> Rows:
    """Return rows made anew at these prices, or the old ones when the time ends before."""
    try:
        return Rows.of(rows.pool, net, homes, watch)
    except TimeIsOver:
        return rows


def _homes(best: Settled) -> Integers:
    chosen = np.append(best.chosen, -1)
    return np.where(best.mentor_of == LEFT_OVER, -1, chosen[best.mentor_of])


def _bound(hunt: Hunt) -> float:
    """Return the bound of the present prices for nobody placed."""
    prices = hunt.prices
    gains = Tops.of(hunt.rows, prices.net).wishes(prices.net).gains
    return float(prices.prices[hunt.pool.reachable].sum() + gains.sum())


def _at(prices: Prices, count: int) -> float:
    return prices.bound - prices.premium * count


def _best_choice(rows: Rows, prices: Prices, best: Settled | None) -> Settled | None:
    """Return the best pairs among those at hand and what the mentors want at first."""
    for chosen in _first_choices(rows, prices):
        found = settle(rows, chosen)
        best = found if found is not None and found.beats(best) else best
    return best


def _first_choices(rows: Rows, prices: Prices) -> list[Integers]:
    """Return what mentors want at first prices, and all rows where each mentor has one: first prices can be far off."""
    found = [*_chosen(rows, prices)]
    mentors = rows.pool.shape[1]
    if len(np.unique(rows.mentors)) == len(rows):
        every = np.full(mentors, -1, dtype=np.int64)
        every[rows.mentors] = np.arange(len(rows))
        found.append(every)
    return found


def _chosen(rows: Rows, prices: Prices) -> tuple[Integers, Integers]:
    """Return the rows that mentors want at these prices, and those that they wanted most often of late."""
    now = Tops.of(rows, prices.net).wishes(prices.net).row
    often, _ = rows.best(np.where(prices.often > 0, prices.often, -1.0))
    return now, often


def _settle_must(rows: Rows) -> Settled:
    """Find rows for the groups that have to exist, or show that there are none."""
    pool = rows.pool
    kept = model.only(rows, rows.bound_to)
    found = model.search(rows, kept, count=None, seconds=MUST_SECONDS)
    settled = None if found.chosen is None else settle(rows, found.chosen)
    if settled is None:
        names = ", ".join(map(str, np.flatnonzero(pool.must & (pool.least > 0))))
        raise Infeasible(f"the groups of mentors with fixed mentees cannot all reach their smallest size: {names}")
    return settled
