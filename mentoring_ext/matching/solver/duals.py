"""Exact prices of a best flow, by Bellman–Ford over the mentors (see ``proof`` for what they prove).

A mentor's price rises as long as a mentee would win more with a place there than with the present one. Where mentees
are left over, the mentors that they compete for (the crowd's places) are priced above the premium λ, the others below.
"""

from dataclasses import dataclass

import numpy as np

from mentoring_ext.matching.facts import Bools, Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER
from mentoring_ext.matching.solver.flow import Arcs

NOTHING = -(2**60)


@dataclass(frozen=True, eq=False)
class Prices:
    """u of the mentees, v of the mentors, and the premium λ; no arc of the flow is worth more than they say.

    ``crowd`` and ``places`` are the Hall set among the arcs for those left over.
    """

    mentees: Integers
    mentors: Integers
    premium: int
    crowd: Bools
    places: Bools


def prices_of(arcs: Arcs, placed: Integers, free: Bools, mentors: int) -> Prices:
    """Return prices that prove ``placed`` the best over ``arcs``, with the smallest mentors' prices.

    Mentees of the crowd get so low a price that every pair with a mentor outside of it would be worth more: prices
    that cover the whole table also show that its Hall set is one of the whole table.
    """
    crowd, inside = crowd_among(arcs, placed, free, mentors)
    settled = np.flatnonzero(placed != LEFT_OVER)
    own = np.zeros(len(placed), dtype=np.int64)
    kept = placed[arcs.mentees] == arcs.mentors
    own[arcs.mentees[kept]] = arcs.points[kept]
    sources = placed[arcs.mentees]
    moves = (sources != LEFT_OVER) & ~kept
    gains = arcs.points - own[arcs.mentees]
    among = moves & ~inside[arcs.mentors]
    values = _raise(np.zeros(mentors, dtype=np.int64), sources[among], arcs.mentors[among], gains[among])
    if inside.any():
        start = np.full(mentors, NOTHING, dtype=np.int64)
        offers = sources == LEFT_OVER
        np.maximum.at(start, arcs.mentors[offers], arcs.points[offers])
        among = moves & inside[sources]
        above = _raise(start, sources[among], arcs.mentors[among], gains[among])
        premium = _premium(arcs, own[settled], values, above[inside], placed[settled])
        values = np.where(inside, above + premium, values)
    else:
        premium = max(0, int((values[placed[settled]] - own[settled]).max(initial=0)))
    prices = np.zeros(len(placed), dtype=np.int64)
    prices[settled] = own[settled] - values[placed[settled]] + premium
    return Prices(prices, values, premium, crowd, inside)


def _premium(arcs: Arcs, own: Integers, values: Integers, above: Integers, placed: Integers) -> int:
    """Return a λ under which all prices are sound, and no pair from the crowd to outside would be."""
    highest, lowest = int(arcs.points.max()), int(arcs.points.min())
    apart = highest - lowest + int(values.max()) - int(above.min()) + 1
    return max(0, apart, -int(above.min()), int((values[placed] - own).max(initial=0)))


def crowd_among(arcs: Arcs, placed: Integers, free: Bools, mentors: int) -> tuple[Bools, Bools]:
    """Return the mentees who compete with those left over, and the mentors whom they can reach over the arcs."""
    crowd = free & (placed == LEFT_OVER)
    places = np.zeros(mentors, dtype=bool)
    waiting = crowd
    while waiting.any():
        fresh = np.zeros(mentors + 1, dtype=bool)
        fresh[arcs.mentors[waiting[arcs.mentees]]] = True
        fresh[:mentors] &= ~places
        places |= fresh[:mentors]
        waiting = fresh[placed]
        crowd = crowd | waiting
    return crowd, places


def _raise(values: Integers, sources: Integers, targets: Integers, gains: Integers) -> Integers:
    """Raise each target's value to the best of its sources' values plus gains, until nothing changes."""
    order = np.argsort(targets.astype(np.uint16 if len(values) <= 2**16 else np.int64), kind="stable")
    sources, targets, gains = sources[order], targets[order], gains[order]
    starts = np.flatnonzero(np.diff(targets, prepend=-1))
    ends = targets[starts]
    for _ in range(len(values) + 1):
        if not len(ends):
            return values
        raised = values.copy()
        raised[ends] = np.maximum(values[ends], np.maximum.reduceat(values[sources] + gains, starts))
        if (raised == values).all():
            return values
        values = raised
    raise RuntimeError("the flow is not the best: its prices rise without end")
