"""The exact end of a search: list the groups that a better answer could have, and choose among them.

First some groups at a time are chosen anew, which as a rule leads to very good pairs (``parts``). Then all that a
better answer than those could have are listed; when the best choice among these is found, nothing better is left.
Where there are too many groups for that, the slots decide instead (``model``).
"""

import numpy as np

from mentoring_ext.matching.solver.groups import model
from mentoring_ext.matching.solver.groups.columns import Columns
from mentoring_ext.matching.solver.groups.cuts import sharpen
from mentoring_ext.matching.solver.groups.generation import generate
from mentoring_ext.matching.solver.groups.hunt import Hunt
from mentoring_ext.matching.solver.groups.listing import groups_within
from mentoring_ext.matching.solver.groups.master import choose
from mentoring_ext.matching.solver.groups.parts import improve_parts
from mentoring_ext.matching.solver.groups.proven import Proven, relax
from mentoring_ext.matching.solver.groups.repair import settle

FIRST_ROUNDS, ROUNDS = 8, 100
FEW, MANY = 3_000, 50_000
SECONDS = 120.0
SEED = 1
ALMOST = 0.5
"""A bound of HiGHS less than this above a whole number of points means that number."""


def close(hunt: Hunt) -> bool:
    """Look for the best pairs of complete rows; return whether they are proven."""
    hunt.watch = hunt.watch.within(SECONDS)
    random = np.random.default_rng(SEED)
    improve_parts(hunt, relax(hunt), random, FIRST_ROUNDS, FEW)
    pairs = Columns.of_pairs(hunt.pool, hunt.best.mentor_of)
    hunt.prices, _ = generate(hunt.rows, hunt.prices, pairs, hunt.rules, hunt.watch)
    known = relax(hunt)
    improve_parts(hunt, known, random, ROUNDS, FEW)
    return _try_all(hunt, known)


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
