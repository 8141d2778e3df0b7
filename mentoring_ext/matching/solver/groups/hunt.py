"""Good pairs and good prices of one pool: climb, settle, improve, and look again at what pruning left out."""

from dataclasses import dataclass

import numpy as np

from mentoring_ext.matching.facts import Integers
from mentoring_ext.matching.solver.answers import Infeasible
from mentoring_ext.matching.solver.groups import model
from mentoring_ext.matching.solver.groups.ascent import Prices, climb, first_prices
from mentoring_ext.matching.solver.groups.bounds import gains_of
from mentoring_ext.matching.solver.groups.candidates import candidates, with_groups
from mentoring_ext.matching.solver.groups.pool import Pool
from mentoring_ext.matching.solver.groups.repair import Settled, improve, settle
from mentoring_ext.matching.solver.groups.rows import Rows
from mentoring_ext.matching.solver.watch import Watch

FIRST_STEPS, STEPS, MORE_STEPS = 100, 300, 80
SEARCHABLE = 60_000
"""Mentees × mentors up to which the exact search is tried."""
TRIES, WORK = 300, 60_000_000
ROUNDS = 3
MUST_SECONDS = 60.0


@dataclass(eq=False)
class Hunt:
    """What is known of a pool so far: the rows looked at, prices, and the best pairs."""

    rows: Rows
    complete: bool
    prices: Prices
    best: Settled
    watch: Watch

    @property
    def pool(self) -> Pool:
        """The pool that is hunted in."""
        return self.rows.pool

    @property
    def is_searchable(self) -> bool:
        """Whether the exact search is worth trying."""
        return self.complete and self.pool.shape[0] * self.pool.shape[1] <= SEARCHABLE

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
    pairs, complete = candidates(pool)
    rows = Rows.of(pool, pairs)
    watch.tell("prices", 0.1)
    free = int(pool.task.free.sum())
    prices = climb(rows, first_prices(rows), count=free, reachable=None, steps=FIRST_STEPS)
    first, second = (settle(rows, chosen) for chosen in _chosen(rows, prices))
    best = second if second is not None and second.beats(first) else first
    return Hunt(rows, complete, prices, best or _settle_must(rows), watch)


def work_on(hunt: Hunt) -> None:
    """Improve pairs and prices, and add pairs that pruning left out and the prices ask for."""
    hunt.watch.tell("pairs", 0.3)
    hunt.best = improve(hunt.rows, hunt.best, hunt.tries, hunt.watch)
    climb_on(hunt, STEPS)
    for turn in range(0 if hunt.complete else ROUNDS):
        hunt.watch.tell("pruned", 0.4 + 0.1 * turn)
        _look_again(hunt)
        climb_on(hunt, MORE_STEPS)
    hunt.settle_by_prices()
    hunt.watch.tell("pairs", 0.7)
    hunt.best = improve(hunt.rows, hunt.best, hunt.tries, hunt.watch)


def climb_on(hunt: Hunt, steps: int) -> None:
    """Make the bound for as many mentees as are placed lower."""
    best = hunt.best
    hunt.prices = climb(hunt.rows, hunt.prices, count=best.count, reachable=float(best.total), steps=steps)


def _look_again(hunt: Hunt) -> None:
    prices, premium = hunt.prices.whole(hunt.pool.task.free)
    gains = gains_of(hunt.pool, prices, premium)
    if gains is None:
        return
    rows = Rows.of(hunt.pool, with_groups(hunt.pool, hunt.rows.pairs, gains.groups))
    hunt.prices.often = rows.often_from(hunt.rows, hunt.prices.often)
    hunt.best = hunt.best.on(rows)
    hunt.rows = rows


def _chosen(rows: Rows, prices: Prices) -> tuple[Integers, Integers]:
    """Return the rows that mentors want at these prices, and those that they wanted most often of late."""
    now, _ = rows.best(rows.groups(prices.net).worth)
    often, _ = rows.best(np.where(prices.often > 0, prices.often, -1.0))
    return now, often


def _settle_must(rows: Rows) -> Settled:
    """Find rows for the groups that have to exist, or show that there are none."""
    pool = rows.pool
    kept = model.only(rows, pool.must & (pool.least > 0))
    found = model.search(rows, kept, count=None, seconds=MUST_SECONDS)
    settled = None if found.chosen is None else settle(rows, found.chosen)
    if settled is None:
        names = ", ".join(map(str, np.flatnonzero(pool.must & (pool.least > 0))))
        raise Infeasible(f"the groups of mentors with fixed mentees cannot all reach their smallest size: {names}")
    return settled
