"""Good pairs: a slot for each mentor, the flow for these slots, and single slots moved as long as that helps."""

from dataclasses import dataclass

import numpy as np

from mentoring_ext.matching.facts import Floats, Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER, NO_SLOT
from mentoring_ext.matching.solver.groups.flow import Arcs, place, prices_of
from mentoring_ext.matching.solver.groups.rows import Rows
from mentoring_ext.matching.solver.groups.tops import Tops
from mentoring_ext.matching.solver.watch import Watch

BELLMAN_FORD = 60
AT_ONCE = (64, 16, 4, 2)


@dataclass(frozen=True, eq=False)
class Settled:
    """Pairs of the free mentees that keep the rules, with the row of each mentor that is used (−1: none)."""

    chosen: Integers
    mentor_of: Integers
    arcs: Arcs
    count: int
    total: int

    def beats(self, other: "Settled | None") -> bool:
        """Return whether more are placed here, or as many with a higher total."""
        return other is None or (self.count, self.total) > (other.count, other.total)

    def slots(self, rows: Rows) -> Integers:
        """Return the slot of each mentor's group, −1 where there is none."""
        used = np.bincount(self.mentor_of[self.mentor_of != LEFT_OVER], minlength=len(self.chosen)) > 0
        is_chosen = used & (self.chosen >= 0)
        return np.where(is_chosen, np.append(rows.slots, NO_SLOT)[self.chosen], NO_SLOT)


def premium_of(rows: Rows) -> int:
    """Return more than any change of pairs can win, so that placing one more mentee always comes first."""
    points = rows.points
    if not len(points):
        return 1
    spread = int(points.max()) - int(points.min())
    return spread * (int(min(rows.pool.shape)) + 2) + 1 - min(0, int(points.min()))


def settle(rows: Rows, chosen: Integers) -> Settled | None:
    """Return the best pairs for the chosen rows; groups that stay too small are given up, one size after the other.

    None when a group that has to exist stays too small.
    """
    pool, chosen = rows.pool, chosen.copy()
    premium = premium_of(rows)
    urgency = np.where(pool.must, 3 * premium, premium)
    while True:
        arcs = _arcs(rows, chosen, premium, urgency)
        mentor_of = place(arcs)
        sizes = np.bincount(mentor_of[mentor_of != LEFT_OVER], minlength=pool.shape[1])
        if (pool.must & (sizes < pool.least)).any():
            return None
        small = np.flatnonzero((sizes > 0) & (sizes < pool.least))
        if not len(small):
            break
        chosen[small[sizes[small] == sizes[small].min()]] = -1
    own = mentor_of[arcs.mentees] == arcs.mentors
    count = int(own.sum())
    return Settled(chosen, mentor_of, arcs, count, int(arcs.worth[own].sum()) - premium * count)


def _arcs(rows: Rows, chosen: Integers, premium: int, urgency: Integers) -> Arcs:
    pool = rows.pool
    used = np.flatnonzero(chosen >= 0)
    index, owner = rows.entries(chosen[used])
    return Arcs(
        mentees=rows.mentees[index],
        mentors=used[owner],
        worth=rows.points[index] + premium,
        people=pool.shape[0],
        places=np.where(chosen >= 0, pool.places, 0),
        least=np.where(pool.must | (pool.least > 1), pool.least, 0),
        urgency=urgency,
    )


def improve(rows: Rows, settled: Settled, tries: int, watch: Watch) -> Settled:
    """Move slots to where the mentees' present prices promise most, many at once or one by one, at most ``tries``."""
    while tries > 0 and not watch.is_over:
        promising = _promising(rows, settled)
        better, used = _first_better(rows, settled, promising, tries, watch)
        tries -= used
        if better is None:
            break
        settled = better
    return settled


def _first_better(
    rows: Rows, settled: Settled, promising: Integers, tries: int, watch: Watch
) -> tuple[Settled | None, int]:
    """Return the first change of slots that helps, and how many were tried."""
    _, first = np.unique(rows.mentors[promising], return_index=True)
    distinct = promising[np.sort(first)]
    changes = [distinct[:size] for size in AT_ONCE if size <= len(distinct)]
    changes += [promising[at : at + 1] for at in range(len(promising))]
    for tried, moved in enumerate(changes[:tries], 1):
        if watch.is_over:
            return None, tries
        chosen = settled.chosen.copy()
        chosen[rows.mentors[moved]] = moved
        found = settle(rows, chosen)
        if found is not None and found.beats(settled):
            return found, tried
    return None, min(tries, len(changes)) + 1


def _promising(rows: Rows, settled: Settled) -> Integers:
    """Return the rows that would gain at the present prices, the most promising first."""
    premium = premium_of(rows)
    kept = prices_of(settled.arcs, settled.mentor_of, BELLMAN_FORD)
    gains = Tops.of(rows, kept - premium).wishes(kept - premium).worth - _present(settled, kept)[rows.mentors]
    order = np.argsort(-gains, kind="stable")
    order = order[(gains[order] > 0) & (settled.chosen[rows.mentors[order]] != order)]
    return np.asarray(order)


def _present(settled: Settled, kept: Floats) -> Floats:
    arcs = settled.arcs
    own = settled.mentor_of[arcs.mentees] == arcs.mentors
    surplus = arcs.worth[own] - kept[arcs.mentees[own]]
    found: Floats = np.zeros(len(arcs.places))
    np.add.at(found, arcs.mentors[own], surplus)
    return found
