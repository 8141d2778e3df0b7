"""Better pairs a part at a time: most groups stay, those of some mentors are chosen anew among many possible ones.

Which groups a part may choose from follows from the prices: all that a better choice there could have, or those that
cost the bound least. Parts are mentors who want each other's mentees, most often such whose groups cost the bound
much. The lots are drawn from a given seed, so that the same input gives the same pairs.
*Source:* Shaw, "Using constraint programming and local search methods to solve vehicle routing problems" (1998).
"""

from dataclasses import dataclass

import numpy as np

from mentoring_ext.matching.facts import Bools, Floats, Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER
from mentoring_ext.matching.solver.groups.columns import Columns
from mentoring_ext.matching.solver.groups.cuts import Sharpened, sharpen
from mentoring_ext.matching.solver.groups.hunt import Hunt
from mentoring_ext.matching.solver.groups.listing import groups_within
from mentoring_ext.matching.solver.groups.master import Rules, choose
from mentoring_ext.matching.solver.groups.proven import Proven
from mentoring_ext.matching.solver.groups.repair import settle
from mentoring_ext.matching.solver.groups.rows import Rows

MENTORS, FEWEST, LARGER, SMALLER = 30, 20, 2, 10
"""Mentors of the first part and at least; so many more after each, or fewer after one that was too large."""
MOST, FEW = 2_500, 400
"""Groups of a part that are looked at, and out of how many of them one choice is made."""
NEAR, NEAREST = 20_000, 1 / 5_000
"""Groups from which follows who wants whom, and what of the bound they cost at most."""
NARROWER, UNWANTED, NEARNESS = 0.6, 1e-6, 1e-4
NODES, SECONDS = 10, 10.0
IN_VAIN = 15
FAR = 0.012
"""What of the bound the pairs are below it where all groups are chosen anew at first."""


@dataclass(frozen=True, eq=False)
class Part:
    """Mentors whose groups are chosen anew, the mentees who may be in them, and how many of them have a mentor."""

    mentors: Bools
    mentees: Bools
    moved: Bools

    @classmethod
    def of(cls, hunt: Hunt, mentors: Bools) -> "Part":
        """Return the part of some mentors: their mentees, and those left over."""
        mentor_of = hunt.best.mentor_of
        moved = (mentor_of != LEFT_OVER) & np.append(mentors, False)[mentor_of]
        return cls(mentors, moved | (hunt.pool.reachable & (mentor_of == LEFT_OVER)), moved)


def improve_parts(hunt: Hunt, known: Proven, random: np.random.Generator, rounds: int, enough: int) -> None:
    """Choose one part after another anew, until so many were in vain.

    Ends sooner once the groups of all better answers are no more than ``enough``.
    """
    wants, size, in_vain = _wants(hunt, known), MENTORS, 0
    for _ in range(rounds):
        gap = known.bound - hunt.best.total
        if gap <= 0 or in_vain == IN_VAIN or hunt.watch.is_over:
            break
        hunt.watch.tell("parts", 0.75)
        if not in_vain and groups_within(hunt.rows, known.net, known.gains, gap, enough) is not None:
            break
        short = known.shortfalls(hunt.pool, hunt.best.mentor_of)
        before = hunt.best.total
        is_whole = _choose_anew(hunt, known, Part.of(hunt, _drawn(hunt, wants, short, size, random)))
        in_vain = 0 if hunt.best.total > before else in_vain + 1
        size = size + LARGER if is_whole else max(FEWEST, size - SMALLER)


def _wants(hunt: Hunt, known: Proven) -> Floats:
    """Return how much each mentor wants each mentee: mentors × mentees, from the groups that cost the bound little."""
    people, mentors = hunt.pool.shape
    near = _as_many(hunt.rows, known, int(known.bound * NEAREST), NEAR)
    if near is None:
        return np.ones((mentors, people))
    close = 1 / (1 + known.losses(near) / (1 + known.bound * NEARNESS))
    found = np.zeros((mentors, people + 1))
    np.add.at(found, (near.mentors[:, None], near.members), close[:, None])
    wants = found[:, :-1]
    return np.asarray(wants / np.maximum(wants.sum(1, keepdims=True), UNWANTED))


def _drawn(hunt: Hunt, wants: Floats, short: Integers, size: int, random: np.random.Generator) -> Bools:
    """Draw mentors by lot: who falls short much is drawn sooner, then who shares wishes with those drawn."""
    mentors = len(short)
    placed = np.flatnonzero(hunt.best.mentor_of != LEFT_OVER)
    owned = np.zeros((mentors, mentors))
    np.add.at(owned, hunt.best.mentor_of[placed], wants[:, placed].T)
    near = owned + owned.T
    weights = short + short.mean() / 10 + 1
    drawn = np.zeros(mentors, dtype=bool)
    closeness = np.ones(mentors)
    lots = weights
    for _ in range(min(size, mentors)):
        chances = np.where(drawn, 0, lots)
        chosen = int(random.choice(mentors, p=chances / chances.sum()))
        closeness = near[chosen] + UNWANTED if not drawn.any() else closeness + near[chosen]
        drawn[chosen] = True
        lots = closeness * np.sqrt(weights)
    return drawn


def _choose_anew(hunt: Hunt, known: Proven, part: Part) -> bool:
    """Choose the groups of a part anew; return whether all better choices were looked at."""
    rows = hunt.rows.within(part.mentors, part.mentees)
    width = int(known.shortfalls(hunt.pool, hunt.best.mentor_of)[part.mentors].sum())
    columns = _as_many(rows, known, width, MOST)
    if columns is None:
        return True
    present = Columns.of_pairs(hunt.pool, np.where(part.moved, hunt.best.mentor_of, LEFT_OVER))
    rules = Rules(part.mentees, hunt.rows.bound_to & part.mentors, int(part.moved.sum()))
    better = sharpen(Sharpened.of(columns.and_also(present)), rules, int(present.points.sum()), hunt.watch)
    chosen = choose(better.nearest(FEW), rules, min(SECONDS, hunt.watch.left(SECONDS)), nodes=NODES)
    if chosen.columns is not None:
        others = np.where(part.moved, LEFT_OVER, hunt.best.mentor_of)
        anew = chosen.columns.mentor_of(len(others))
        hunt.offer(settle(hunt.rows, hunt.rows.holding(np.where(anew == LEFT_OVER, others, anew))))
    return len(better.columns) <= FEW


def choose_nearest(hunt: Hunt, known: Proven) -> None:
    """Choose all groups anew among those that cost the bound least: a good begin where the pairs are far from it."""
    gap = known.bound - hunt.best.total
    columns = _as_many(hunt.rows, known, gap, MOST) if gap > known.bound * FAR else None
    if columns is None:
        return
    present = Columns.of_pairs(hunt.pool, hunt.best.mentor_of)
    seconds = min(SECONDS, hunt.watch.left(SECONDS))
    chosen = choose(columns.and_also(present), hunt.rules, seconds, nodes=NODES)
    if chosen.columns is not None:
        mentor_of = chosen.columns.mentor_of(hunt.pool.shape[0])
        hunt.offer(settle(hunt.rows, hunt.rows.holding(mentor_of)))


def _as_many(rows: Rows, known: Proven, width: int, most: int) -> Columns | None:
    """Return the groups that fall short by ``width``, or by less where they are too many; None where all are equal."""
    found = groups_within(rows, known.net, known.gains, width, most)
    while found is None and width > 0:
        width = int(width * NARROWER)
        found = groups_within(rows, known.net, known.gains, width, most)
    return found
