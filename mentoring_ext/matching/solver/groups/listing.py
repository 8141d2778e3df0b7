"""All groups that an answer better than the one at hand could have: those that cost the bound little.

With prices u, premium λ and gains g, an answer made of groups has a total of the bound less what each group falls
short of its mentor's gain, g − Σ(points + λ − u). A group that falls short by more than the bound is above the total at
hand is therefore in no better answer. *Source:* Baldacci, Christofides, Mingozzi, "An exact algorithm for the vehicle
routing problem based on the set partitioning formulation with additional cuts" (2008).
"""

import numpy as np

from mentoring_ext.matching.facts import Integers
from mentoring_ext.matching.solver.groups.columns import Columns
from mentoring_ext.matching.solver.groups.rows import Rows


def groups_within(rows: Rows, net: Integers, gains: Integers, width: int, most: int) -> Columns | None:
    """Return all groups that fall short by ``width`` points or less, in whole numbers; None when that are too many.

    ``rows`` have to be complete; ``net`` are prices less the premium, ``gains`` what follows from them.
    """
    people = rows.pool.shape[0]
    deep = int(rows.pool.places[rows.mentors].max(initial=1))
    found: list[Integers] = []
    total = 0
    for row, mentor in enumerate(rows.mentors):
        here = slice(rows.at[row], rows.at[row + 1])
        worth = rows.points[here] - net[rows.mentees[here]]
        order = np.argsort(-worth, kind="stable")
        least, places = max(1, int(rows.pool.least[mentor])), int(rows.pool.places[mentor])
        for size in range(least, min(places, len(order)) + 1):
            sets = _sets(worth[order], size, int(gains[mentor]) - width, most)
            if sets is None:
                return None
            if len(sets):
                total += len(sets)
                members = np.full((len(sets), deep + 1), people, dtype=np.int64)
                members[:, 0], members[:, 1 : size + 1] = mentor, rows.mentees[here][order][sets]
                found.append(members)
        if total > most:
            return None
    table = np.concatenate([np.zeros((0, deep + 1), dtype=np.int64), *found])
    return Columns.of(rows.pool, table[:, 0], table[:, 1:])


def _sets(worth: Integers, size: int, lowest: int, most: int) -> Integers | None:
    """Return which ``size`` places of a falling list add up to ``lowest`` or more; None when that are too many.

    Places are taken from left to right: what is still to come is worth no more than the places that follow next.
    """
    before = np.concatenate([[0], worth.cumsum()])
    if before[size] < lowest:
        return np.zeros((0, size), dtype=np.int64)
    sets, sums = np.zeros((1, 0), dtype=np.int64), np.zeros(1, dtype=np.int64)
    for rest in range(size, 0, -1):
        ahead = before[rest:] - before[:-rest]
        last = sets[:, -1] if sets.shape[1] else np.full(1, -1)
        counts = np.searchsorted(-ahead, sums - lowest, side="right") - last - 1
        counts = np.maximum(counts, 0)
        if counts.sum() > most:
            return None
        owner = np.repeat(np.arange(len(sets)), counts)
        place = last[owner] + 1 + np.arange(len(owner)) - (counts.cumsum() - counts)[owner]
        sets, sums = np.column_stack([sets[owner], place]), sums[owner] + worth[place]
    return sets
