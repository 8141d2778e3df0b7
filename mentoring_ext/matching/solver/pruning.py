"""Which pairs are worth a look: a few for each mentee, chosen by points less the mentor's price.

Leaving pairs out is no approximation: ``worth_more`` finds every pair of the whole table that the prices do not
cover, and the flow is solved again with them.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentoring_ext.matching.facts import Bools, Integers
from mentoring_ext.matching.solver.duals import Prices
from mentoring_ext.matching.solver.flow import Arcs
from mentoring_ext.matching.solver.points import Points
from mentoring_ext.matching.solver.task import Task

LOT = 2654435769
"""An odd number of 32 bits whose multiples are spread evenly (Knuth's for hashing)."""
GROUP = 5
"""So many cells of a row are looked at together when its best are looked for."""

Keys = NDArray[np.int64]
"""Pairs as single numbers: mentee × number of mentors + mentor."""


def arcs_of(task: Task, keys: Keys) -> Arcs:
    """Return the pairs that the keys stand for."""
    mentees, mentors = np.divmod(keys, task.shape[1])
    return Arcs(mentees, mentors, task.points_at(mentees, mentors))


def most_wanted(task: Task, values: Integers, count: int) -> Keys:
    """Return for each mentee the pairs with the most points less price, ``count`` of them where so many are open."""
    found = [np.zeros(0, dtype=np.int64)]
    low = values.astype(np.int32)
    for rows, points, is_open in task.tiles():
        left = np.where(is_open, points - low, _lowest(points))
        found.append(rows.start * task.shape[1] + _among_best(left, is_open, count))
    return np.concatenate(found)


def worth_more(task: Task, prices: Prices, near: int, count: int) -> Keys:
    """Return the pairs that the prices do not cover, and with them those that are covered by less than ``near``.

    About ``count`` of a mentee at most, those that are worth most; none at all where the prices cover every pair.
    """
    found = [np.zeros(0, dtype=np.int64)]
    limits = prices.mentees - prices.premium
    width = _width(task, limits, prices.mentors)
    limits, values = limits.astype(width)[:, None], prices.mentors.astype(width)
    covered = True
    for rows, points, is_open in task.tiles():
        left = np.subtract(points, values, dtype=width)
        cells = _thinned(np.flatnonzero((left > limits[rows] - width(near)) & is_open), left, count)
        covered = covered and not (left.ravel()[cells] > limits[rows.start + cells // task.shape[1], 0]).any()
        found.append(rows.start * task.shape[1] + cells)
    return found[0] if covered else np.concatenate(found)


def _width(task: Task, limits: Integers, values: Integers) -> type[np.signedinteger[Any]]:
    """Return the narrowest whole numbers in which no difference runs over."""
    highest = int(np.abs(limits).max(initial=0)) + int(np.abs(values).max(initial=0))
    return np.int32 if highest < 2**30 else np.int64


def _among_best(table: Points, is_open: Bools, count: int) -> Keys:
    """Return the open cells among the ``count`` best of their row, with some more.

    At least ``count`` cells of a row are no worse than the ``count``-th best of the row's groups of cells.
    """
    people, width = table.shape
    if count >= width:
        return np.flatnonzero(is_open)
    in_group = max(1, min(GROUP, width // (4 * count)))
    groups = width // in_group
    best = table[:, : groups * in_group].reshape(people, in_group, groups).max(1)
    high = table >= np.partition(best, -count, axis=1)[:, -count, None]
    return _thinned(np.flatnonzero(high & is_open), table, count)


def _thinned(cells: Keys, table: NDArray[Any], count: int) -> Keys:
    """Return the cells, but of a row that has more than twice ``count`` only that many, the best; of equals by lot.

    Were it the first of equals, all mentees would be left with the same few mentors.
    """
    rows = cells // table.shape[1]
    sizes = np.bincount(rows)
    if sizes.max(initial=0) <= 2 * count:
        return cells
    lots = cells.astype(np.uint32) * np.uint32(LOT)
    order = np.lexsort((lots, -table.ravel()[cells], rows))
    place = np.empty(len(cells), dtype=np.int64)
    place[order] = np.arange(len(cells)) - (np.cumsum(sizes) - sizes)[rows]
    kept: Keys = cells[(place < count) | (sizes[rows] <= 2 * count)]
    return kept


def _columns_of_best(table: Points, count: int) -> NDArray[np.intp]:
    if count >= table.shape[1]:
        return np.broadcast_to(np.arange(table.shape[1]), table.shape)
    return np.argpartition(table, -count, axis=1)[:, -count:]


def outside(task: Task, crowd: Bools, places: Bools, floor: int, count: int) -> tuple[Keys, int]:
    """Return open pairs from ``floor`` on of the crowd with mentors other than its places, ``count`` a mentee at most.

    They are spread over the mentors as if by lot, so that not all want the same few, and the same each time. With them
    comes what the best pair below the floor is worth (the lowest number where there is none).
    """
    found = [np.zeros(0, dtype=np.int64)]
    lots = np.arange(task.shape[1], dtype=np.uint32) * np.uint32(LOT)
    below = int(np.iinfo(np.int32).min)
    for mentees, points, is_open in task.tiles_of(np.flatnonzero(crowd)):
        elsewhere = is_open & ~places
        high = elsewhere & (points >= floor)
        below = max(below, int(points.max(initial=below, where=elsewhere & ~high)))
        some = high.any(1)
        mentees, high = mentees[some], high[some]
        drawn = (lots ^ (mentees.astype(np.uint32) * np.uint32(LOT))[:, None]) * np.uint32(LOT)
        best = _columns_of_best(np.where(high, (drawn >> 1).astype(np.int32), _lowest(points)), count)
        found.append((mentees[:, None] * task.shape[1] + best)[np.take_along_axis(high, best, 1)])
    return np.concatenate(found), below


def best_of_each(task: Task, crowd: Bools, places: Bools) -> Integers:
    """Return what each mentee's best open pair is worth; for those outside of the crowd, with others than its places.

    Where there is no such pair, the lowest number.
    """
    found = np.empty(task.shape[0], dtype=np.int64)
    lowest = int(np.iinfo(np.int32).min)
    for rows, points, is_open in task.tiles():
        elsewhere = is_open.copy()
        elsewhere[np.ix_(~crowd[rows], places)] = False
        found[rows] = points.max(1, initial=lowest, where=elsewhere)
    return found


def at_least(task: Task, keys: Keys, floor: int) -> Keys:
    """Return the pairs that are worth so much."""
    return keys[arcs_of(task, keys).points >= floor]


def joined(keys: Keys, more: Keys) -> Keys:
    """Return both lists of pairs in order, each pair once."""
    both = np.sort(np.concatenate([keys, more]))
    return both[np.append(True, both[1:] != both[:-1])] if len(both) else both


def _lowest(table: NDArray[Any]) -> NDArray[Any]:
    """Return what a closed pair counts: least, and no two of a mentee the same, as many equals are slow to sort out."""
    return np.iinfo(table.dtype).min + np.arange(table.shape[1], dtype=table.dtype)
