"""How many can be placed at most: prices for placing anybody at all, every pair being worth the same."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from mentoring_ext.matching.facts import Bools, Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER
from mentoring_ext.matching.solver.crowd import crowd_of
from mentoring_ext.matching.solver.groups.ascent import Prices, climb
from mentoring_ext.matching.solver.groups.bounds import count_bound
from mentoring_ext.matching.solver.groups.columns import Columns
from mentoring_ext.matching.solver.groups.generation import generate
from mentoring_ext.matching.solver.groups.master import Rules
from mentoring_ext.matching.solver.groups.pool import UNIT, Pool
from mentoring_ext.matching.solver.groups.rows import Rows
from mentoring_ext.matching.solver.watch import Watch

STEPS = 100


def certain_prices(pool: Pool, count: int) -> Integers | None:
    """Return prices where no look at the pairs is needed: everybody who can be reached is placed, or all places taken.

    The rest is as ``count_prices``; groups that have to exist must be known to be possible.
    """
    if pool.reachable.sum() <= count:
        return np.where(pool.reachable, UNIT, 0)
    return np.zeros(pool.shape[0], dtype=np.int64) if pool.places.sum() <= count else None


def count_prices(rows: Rows, mentor_of: Integers, count: int, watch: Watch) -> Integers | None:
    """Return prices that prove that no more than ``count`` free mentees can be placed; None when none are found.

    Tried in this order: every place that the rows can fill is taken; in complete rows a Hall set among the pairs,
    prices by subgradients, and prices by groups, beginning with those of ``mentor_of``. Raises ``TimeIsOver``.
    """
    for prices in _simple(rows, count):
        if count_bound(rows.pool, prices, watch) <= count:
            return prices
    if not rows.complete:
        return None
    start = Prices(np.full(rows.pool.shape[0], UNIT / 2), 0.0, np.inf, np.zeros(len(rows)))
    found = climb(rows, start, count=None, reachable=float(count * UNIT), steps=STEPS, watch=watch)
    if found.bound >= (count + 1) * UNIT:
        rules = Rules(rows.pool.reachable, rows.bound_to, None)
        columns = Columns.of_pairs(rows.pool, mentor_of)
        found, _ = generate(rows, found, columns, rules, watch, enough=(count + 0.9) * UNIT)
    prices = found.whole(rows.pool.reachable)[0]
    return prices if count_bound(rows.pool, prices, watch) <= count else None


def _simple(rows: Rows, count: int) -> list[Integers]:
    """Return prices that may do, leaving out those of which a sum shows that they do not."""
    pool, candidates = rows.pool, []
    longest = np.zeros(pool.shape[1], dtype=np.int64)
    np.maximum.at(longest, rows.mentors, np.diff(rows.at))
    if np.minimum(longest, pool.places).sum() <= count:
        candidates.append(np.zeros(pool.shape[0], dtype=bool))
    if rows.complete and len(rows.mentees) and not candidates:
        candidates.append(pool.task.free & ~_crowd(rows))
    return [np.where(chosen, UNIT, 0) for chosen in candidates]


def _crowd(rows: Rows) -> Bools:
    """Return the mentees who compete with those left over when every place stands for itself."""
    pool, (people, mentors) = rows.pool, rows.pairs
    sizes = pool.places[mentors]
    firsts = (pool.places.cumsum() - pool.places)[mentors]
    mentees = np.repeat(people, sizes)
    places = np.repeat(firsts, sizes) + np.arange(len(mentees)) - np.repeat(sizes.cumsum() - sizes, sizes)
    shape = (pool.shape[0], int(pool.places.sum()))
    taken = maximum_bipartite_matching(csr_array((np.ones(len(mentees)), (mentees, places)), shape), perm_type="column")
    owners = np.append(np.repeat(np.arange(pool.shape[1]), pool.places), LEFT_OVER)
    open_pairs = np.zeros(pool.shape, dtype=bool)
    open_pairs[people, mentors] = True
    mentor_of = owners[taken]
    crowd, _ = crowd_of(open_pairs, mentor_of, np.flatnonzero(pool.task.free & (mentor_of == LEFT_OVER)))
    return np.isin(np.arange(pool.shape[0]), crowd)
