"""How many can be placed: proven by prices, or by the solver's search, or left open."""

from dataclasses import dataclass, field, replace

import numpy as np

from mentoring_ext.matching.facts import Integers
from mentoring_ext.matching.solver.groups import model
from mentoring_ext.matching.solver.groups.counting import certain_prices, count_prices
from mentoring_ext.matching.solver.groups.hunt import Hunt, climb_on
from mentoring_ext.matching.solver.groups.pool import UNIT, Pool
from mentoring_ext.matching.solver.groups.repair import Settled, improve, settle
from mentoring_ext.matching.solver.groups.rows import Rows
from mentoring_ext.matching.solver.watch import TimeIsOver

SECONDS = 30.0


@dataclass(eq=False)
class Claims:
    """What is proven so far, and how: prices, or the names of what the solver's search proved."""

    count_prices: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    floor_prices: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    floor: int | None = None
    searched: list[str] = field(default_factory=list)
    settled: bool = True


@dataclass(frozen=True, eq=False)
class Most:
    """The answer to "can more than these be placed": pairs with more, prices or a search that say no, or nothing."""

    more: Settled | None = None
    prices: Integers | None = None
    searched: bool = False


def prove_count(hunt: Hunt, claims: Claims) -> None:
    """Prove that no more can be placed than the hunt's best, or find pairs with more, or leave it open."""
    while True:
        most = more_than(hunt.rows, hunt.best.count, hunt)
        if most.more is None:
            break
        hunt.best = improve(hunt.rows, most.more, hunt.tries, hunt.watch)
        climb_on(hunt, 100)
    claims.settled = most.searched or most.prices is not None
    if most.searched:
        claims.searched.append("count")
    if most.prices is not None:
        claims.count_prices = most.prices


def more_than(rows: Rows, count: int, hunt: Hunt) -> Most:
    """Return whether more than ``count`` free mentees can be placed in the rows."""
    certain = certain_prices(rows.pool, count)
    if certain is not None:
        return Most(prices=certain)
    counted = counting_rows(rows)
    try:
        prices = count_prices(counted, hunt.best.mentor_of, count, hunt.watch)
    except TimeIsOver:
        return Most()
    if prices is not None or not rows.complete or hunt.watch.is_over:
        return Most(prices=prices)
    hunt.watch.tell("count", 0.5)
    found = model.search(counted, model.everything(counted), count=None, seconds=hunt.watch.left(SECONDS))
    settled = None if found.chosen is None else settle(rows, found.chosen)
    if settled is not None and settled.count > count:
        return Most(more=settled)
    return Most(searched=found.finished and (found.chosen is None or found.bound < (count + 0.5) * UNIT))


def counting_rows(rows: Rows) -> Rows:
    """Return the same rows with every pair worth the same."""
    return replace(rows, pool=Pool(rows.pool.task, counting=True), points=np.full_like(rows.points, UNIT))
