"""The exact end of a search: list the groups that a better answer could have, and choose among them.

First the few groups nearest to the bound, which as a rule hold very good pairs. Then all that a better answer than
those could have; when the best choice among these is found, nothing better is left. Where there are too many groups for
that, the slots decide instead (``model``).
"""

from dataclasses import dataclass

from mentoring_ext.matching.facts import Integers
from mentoring_ext.matching.solver.groups import model
from mentoring_ext.matching.solver.groups.bounds import gains_of
from mentoring_ext.matching.solver.groups.columns import Columns
from mentoring_ext.matching.solver.groups.cuts import sharpen
from mentoring_ext.matching.solver.groups.generation import generate
from mentoring_ext.matching.solver.groups.hunt import Hunt
from mentoring_ext.matching.solver.groups.listing import groups_within
from mentoring_ext.matching.solver.groups.master import choose
from mentoring_ext.matching.solver.groups.repair import settle

FEW, MANY = 1_500, 15_000
SECONDS, QUICK = 120.0, 10.0
FIRST_WIDTH, WIDER = 1 / 512, 1.5
ALMOST = 0.5
"""A bound of HiGHS less than this above a whole number of points means that number."""


@dataclass(frozen=True, eq=False)
class Proven:
    """Prices and premium in whole numbers, what the mentors gain at them, and the bound that follows."""

    prices: Integers
    premium: int
    gains: Integers
    bound: int

    @property
    def net(self) -> Integers:
        """What mentees cost after the premium."""
        return self.prices - self.premium


def relax(hunt: Hunt) -> Proven:
    """Return what the hunt's prices prove for as many as are placed."""
    prices, premium = hunt.prices.whole(hunt.pool.reachable)
    gains = gains_of(hunt.pool, prices, premium)
    if gains is None:
        raise AssertionError("a group that has to exist was settled and yet is impossible")
    return Proven(prices, premium, gains.gains, gains.bound(prices, premium, hunt.best.count))


def close(hunt: Hunt) -> bool:
    """Look for the best pairs of complete rows; return whether they are proven."""
    hunt.watch = hunt.watch.within(SECONDS)
    if _try_few(hunt, relax(hunt)):
        return True
    pairs = Columns.of_pairs(hunt.pool, hunt.best.mentor_of)
    hunt.prices, _ = generate(hunt.rows, hunt.prices, pairs, hunt.rules, hunt.watch)
    return _try_all(hunt, relax(hunt))


def _try_few(hunt: Hunt, known: Proven) -> bool:
    """Look among a few groups near the bound; return whether these were all that count."""
    gap = known.bound - hunt.best.total
    width, columns = max(1.0, gap * FIRST_WIDTH), None
    while gap > 0 and not hunt.watch.is_over:
        wider = groups_within(hunt.rows, known.net, known.gains, int(width), FEW)
        if wider is None:
            break
        columns = wider
        if width >= gap:
            break
        width = min(width * WIDER, gap)
    if columns is None or gap <= 0:
        return gap <= 0
    pairs = Columns.of_pairs(hunt.pool, hunt.best.mentor_of)
    is_all = _choose(hunt, columns.and_also(pairs), min(QUICK, hunt.watch.left(QUICK)))
    return is_all and width >= min(gap, known.bound - hunt.best.total)


def _try_all(hunt: Hunt, known: Proven) -> bool:
    """Look among all groups that an answer better than the present one could have."""
    gap = known.bound - hunt.best.total
    if gap <= 0 or hunt.watch.is_over:
        return gap <= 0
    hunt.watch.tell("search", 0.8)
    columns = groups_within(hunt.rows, known.net, known.gains, gap, MANY)
    if columns is None:
        return _search(hunt, known)
    columns = sharpen(columns, hunt.rules, hunt.best.total, hunt.watch).columns
    return _choose(hunt, columns, hunt.watch.left(SECONDS))


def _choose(hunt: Hunt, columns: Columns, seconds: float) -> bool:
    """Offer the best choice among some groups; return whether it is proven that there is no better one among them."""
    chosen = choose(columns, hunt.rules, seconds)
    if chosen.columns is not None:
        mentor_of = chosen.columns.mentor_of(hunt.pool.shape[0])
        hunt.offer(settle(hunt.rows, hunt.rows.holding(mentor_of)))
    return chosen.finished and (chosen.columns is None or chosen.bound < hunt.best.total + ALMOST)


def _search(hunt: Hunt, known: Proven) -> bool:
    """Decide by slots instead, with all pairs that could be in a better answer."""
    lost = model.losses(hunt.rows, known.net, known.gains)
    kept = model.keep(hunt.rows, lost, known.bound - hunt.best.total)
    found = model.search(hunt.rows, kept, count=hunt.best.count, seconds=hunt.watch.left(SECONDS))
    if found.chosen is not None:
        hunt.offer(settle(hunt.rows, found.chosen))
    return found.finished and (found.chosen is None or found.bound < hunt.best.total + ALMOST)
