"""The bound of some prices, exact in whole numbers and from the whole table.

Let u be a price of each mentee and λ a premium for being placed. If mentors could choose their groups without regard
to each other, mentor j would take the slot and the mentees for which Σ(points + λ − u) is highest (at least its
smallest size, at most its places), or nobody: its *gain*. No assignment that keeps the rules and places exactly k free
mentees then has a total above Σu + Σ gains − λ·k, as long as u ≥ 0: the mentees not placed only add to the right side.

*Source:* Lagrangian relaxation; Geoffrion, "Lagrangean relaxation for integer programming" (1974).
"""

from dataclasses import dataclass

import numpy as np

from mentoring_ext.matching.facts import Bools, Integers
from mentoring_ext.matching.solver.groups.pool import BLOCK, CLOSED, UNIT, Pool
from mentoring_ext.matching.solver.watch import Watch

FIRST_LOOK = 128
NOTHING_POSSIBLE = -1


@dataclass(frozen=True)
class Gains:
    """What each mentor would gain at the prices, and the group with which it would."""

    gains: Integers
    groups: list[Integers]

    def bound(self, prices: Integers, premium: int, count: int) -> int:
        """Return the bound of the total of ``count`` free mentees, without the fixed pairs."""
        whole: int = sum(prices.tolist()) + sum(self.gains.tolist())
        return whole - premium * count


def gains_of(pool: Pool, prices: Integers, premium: int, watch: Watch | None = None) -> Gains | None:
    """Return all mentors' gains; None when a group that must exist cannot reach its smallest size.

    With a ``watch``, raises ``TimeIsOver`` when its time ends before all mentors were looked at.
    """
    found = all_gains_of(pool, prices, premium, watch)
    return None if (found.gains <= CLOSED // 2).any() else found


def all_gains_of(pool: Pool, prices: Integers, premium: int, watch: Watch | None = None) -> Gains:
    """Return the same with ``CLOSED`` for a mentor whose group must exist and cannot."""
    gains = np.zeros(pool.shape[1], dtype=np.int64)
    groups: list[Integers] = []
    for start in range(0, pool.shape[1], BLOCK):
        if watch is not None:
            watch.check()
        block = slice(start, start + BLOCK)
        points, is_open = pool.columns(block)
        worth = np.where(is_open, points + (premium - prices), CLOSED)
        for mentor, values in enumerate(worth, start):
            gain, group = _best_group(pool, mentor, values)
            gains[mentor] = gain
            groups.append(group)
    return Gains(gains, groups)


def count_bound(pool: Pool, prices: Integers, watch: Watch | None = None) -> int:
    """Return how many free mentees can be placed at most, as the prices prove; −1 when the rules allow no answer.

    With a ``watch``, raises ``TimeIsOver`` when its time ends before.
    """
    gains = gains_of(pool, prices, 0, watch)
    return NOTHING_POSSIBLE if gains is None else gains.bound(prices, 0, 0) // UNIT


def _best_group(pool: Pool, mentor: int, values: Integers) -> tuple[int, Integers]:
    """Return a mentor's highest gain and its group, looking at the best mentees first and at all where that is needed.

    The first look is enough when mentees of less worth could not lift any slot above the best one found.
    """
    places, least = int(pool.places[mentor]), int(pool.least[mentor])
    forced = bool(pool.must[mentor]) and least > 0
    nobody: tuple[int, Integers] = (CLOSED if forced else 0, np.zeros(0, dtype=np.int64))
    slots = np.flatnonzero(pool.mentor_slots[mentor])
    found = nobody
    for look in (FIRST_LOOK, len(values)):
        order = _highest(values, look)
        if not len(order) or not len(slots) or not places:
            break
        free = pool.mentee_slots[np.ix_(order, slots)]
        taken = _taken(free, values[order], places, least)
        sizes = taken.sum(0)
        sums = values[order] @ taken
        sums[sizes < least] = CLOSED
        best = int(sums.argmax())
        found = (int(sums[best]), order[taken[:, best]]) if sums[best] > nobody[0] else nobody
        if len(order) < look or not _could_rise(free, values[order], places, least, found[0]):
            break
    return found


def _highest(values: Integers, look: int) -> Integers:
    """Return the places of the ``look`` highest values that are open, highest first."""
    order = np.argpartition(-values, look)[:look] if look < len(values) else np.flatnonzero(values > CLOSED)
    order = order[values[order] > CLOSED]
    return np.asarray(order[np.lexsort((order, -values[order]))])


def _taken(free: Bools, values: Integers, places: int, least: int) -> Bools:
    """Return whom each slot takes: the first ones free in it, beyond the smallest size only those who add something."""
    rank = free.cumsum(0)
    return free & (rank <= places) & ((values > 0)[:, None] | (rank <= least))


def _could_rise(free: Bools, values: Integers, places: int, least: int, found: int) -> bool:
    """Return whether mentees of no more worth than the last one seen could lift a slot above what was found."""
    rest = int(values[-1])
    taken = _taken(free, values, places, least)
    sizes = taken.sum(0)
    more = np.where(sizes < least, least - sizes, 0) * rest if rest < 0 else (places - sizes) * rest
    return bool((values @ taken + more > found).any())
