"""The exact end of a search: list the groups that a better answer could have, and choose among them.

First some groups at a time are chosen anew, which as a rule leads to very good pairs (``parts``). Then all that a
better answer than those could have are listed; when the best choice among these is found, nothing better is left.
Where there are too many groups for that, the slots decide instead (``model``).
"""

from dataclasses import replace

import numpy as np

from mentoring_ext.matching.solver.groups import model
from mentoring_ext.matching.solver.groups.columns import Columns
from mentoring_ext.matching.solver.groups.cuts import WHOLE, Sharpened, sharpen
from mentoring_ext.matching.solver.groups.generation import generate
from mentoring_ext.matching.solver.groups.hunt import Hunt
from mentoring_ext.matching.solver.groups.listing import groups_within
from mentoring_ext.matching.solver.groups.master import ANY_NUMBER, Rules, choose
from mentoring_ext.matching.solver.groups.parts import choose_nearest, improve_parts
from mentoring_ext.matching.solver.groups.proven import Proven, relax
from mentoring_ext.matching.solver.groups.repair import settle

FIRST_ROUNDS, ROUNDS = 8, 100
FEW, MANY = 3_000, 200_000
SECONDS = 120.0
SEED = 1
SMALL = 400
"""Groups out of which HiGHS chooses at once."""
FAIR, NODES = 2_500, 40
"""Groups out of which it tries to, at the begin, and in how many nodes."""
ALMOST = 0.5
"""A bound of HiGHS less than this above a whole number of points means that number."""


def close(hunt: Hunt) -> bool:
    """Look for the best pairs of complete rows; return whether they are proven."""
    hunt.watch = hunt.watch.within(SECONDS)
    random = np.random.default_rng(SEED)
    known = relax(hunt)
    choose_nearest(hunt, known)
    improve_parts(hunt, known, random, FIRST_ROUNDS, FEW)
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
    near = known.losses(columns).astype(float)
    return _try_halves(hunt, Sharpened.of(columns, near))


def _try_halves(hunt: Hunt, known: Sharpened) -> bool:
    """Look among some groups: sharpen them, and decide about one pair after another until few groups are left."""
    known = sharpen(known, hunt.rules, hunt.best.total, hunt.watch)
    if len(known.columns) <= FAIR and _choose(hunt, known.columns, hunt.rules, NODES):
        return True
    waiting = [(known, hunt.rules)]
    while waiting and not hunt.watch.is_over:
        hunt.watch.tell("search", 0.9)
        groups, rules = waiting.pop()
        better = sharpen(groups, rules, hunt.best.total, hunt.watch)
        pair = _undecided(better)
        if pair is not None and len(better.columns) > SMALL:
            waiting += _halves(better, rules, *pair)
        elif not _choose(hunt, better.columns, rules, ANY_NUMBER):
            return False
    return not waiting and not hunt.watch.is_over


def _halves(known: Sharpened, rules: Rules, mentee: int, mentor: int) -> list[tuple[Sharpened, Rules]]:
    """Return the groups and rules of answers in which the two are not together, and of those in which they are."""
    has_mentee, has_mentor = (known.columns.members == mentee).any(1), known.columns.mentors == mentor
    bound_to = rules.bound_to.copy()
    bound_to[mentor] = True
    apart, together = known.only(~(has_mentee & has_mentor)), known.only(has_mentee == has_mentor)
    return [(apart, rules), (together, replace(rules, bound_to=bound_to))]


def _undecided(known: Sharpened) -> tuple[int, int] | None:
    """Return the mentee and the mentor who are most nearly half together; None where all are together or not."""
    mentors, members = known.columns.mentors, known.columns.members
    people, names = known.columns.pool.shape
    shares = np.zeros((people + 1, names))
    np.add.at(shares, (members, mentors[:, None]), known.shares[:, None])
    away = np.abs(shares[:people] - 0.5)
    at = int(away.argmin())
    return (at // names, at % names) if away.flat[at] < 0.5 - WHOLE else None


def _choose(hunt: Hunt, columns: Columns, rules: Rules, nodes: int) -> bool:
    """Offer the best choice among some groups; return whether it is proven that there is no better one among them."""
    chosen = choose(columns, rules, hunt.watch.left(SECONDS), nodes)
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
