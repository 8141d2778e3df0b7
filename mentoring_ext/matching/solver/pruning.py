"""Which pairs are worth a look: a few for each mentee, chosen by points less the mentor's price.

Leaving pairs out is no approximation: ``worth_more`` finds every pair of the whole table that the prices do not
cover, and the flow is solved again with them.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentoring_ext.matching.facts import Bools, Floats, Integers
from mentoring_ext.matching.solver.duals import Prices
from mentoring_ext.matching.solver.flow import Arcs
from mentoring_ext.matching.solver.task import Points, Task

LOT = 2654435769
"""An odd number of 32 bits whose multiples are spread evenly (Knuth's for hashing)."""
SAMPLE = 2**19
"""Pairs in the sample from which the first prices are guessed."""
STEPS = 12

Keys = NDArray[np.int64]
"""Pairs as single numbers: mentee × number of mentors + mentor."""


def arcs_of(task: Task, keys: Keys) -> Arcs:
    """Return the pairs that the keys stand for."""
    mentees, mentors = np.divmod(keys, task.shape[1])
    return Arcs(mentees, mentors, task.points_at(mentees, mentors))


def guess(task: Task) -> Integers:
    """Guess the mentors' prices from a sample of the mentees, so that about as many want a mentor as there are places.

    Everybody spreads over the mentors, more to those with more points less price; a mentor whom too many want gets
    dearer, and the spread gets narrower from step to step.
    """
    people, mentors = task.shape
    step = max(1, people * mentors // SAMPLE)
    points, is_open = task.tile(slice(0, None, step))
    chosen = is_open.any(1)
    table = np.where(is_open[chosen], points[chosen], -np.inf).astype(np.float32)
    places = np.maximum(task.places, 0.1) / step
    spread = float(points[is_open].std()) + 1 if len(table) else 1.0
    values = np.zeros(mentors)
    for narrow in np.geomspace(2, 20, STEPS):
        values = np.maximum(0, values + spread / narrow * np.log(_wanted(table, values, spread / narrow) / places))
    return np.rint(values).astype(np.int64)


def _wanted(table: NDArray[np.float32], values: Floats, width: float) -> Floats:
    """Return how many of the sample want each mentor at these prices."""
    wishes = table - values.astype(np.float32)
    wishes -= wishes.max(1, keepdims=True)
    wishes /= np.float32(width)
    np.exp(wishes, out=wishes)
    wishes /= wishes.sum(1, keepdims=True)
    wanted: Floats = wishes.sum(0).astype(np.float64)
    return np.maximum(wanted, 1e-3)


def most_wanted(task: Task, values: Integers, count: int) -> Keys:
    """Return for each mentee the pairs with the most points less price, ``count`` of them where so many are open."""
    found = [np.zeros(0, dtype=np.int64)]
    low = values.astype(np.int32)
    closed = _closed(task, np.int32)
    for rows, points, is_open in task.tiles():
        left = np.where(is_open, points - low, closed)
        best = _columns_of_best(left, count)
        found.append(_keys(task, rows.start, best, np.take_along_axis(is_open, best, 1)))
    return np.concatenate(found)


def worth_more(task: Task, prices: Prices, near: int, count: int) -> Keys:
    """Return for each mentee with pairs that the prices do not cover the ``count`` worst of them.

    With them come other pairs of the mentee, among as many, that are covered by less than ``near``.
    """
    found = [np.zeros(0, dtype=np.int64)]
    limits = prices.mentees - prices.premium
    width = _width(task, limits, prices.mentors)
    limits, values = limits.astype(width), prices.mentors.astype(width)
    closed = _closed(task, width)
    for rows, points, is_open in task.tiles():
        left = np.subtract(points, values, dtype=width)
        over = (left > limits[rows, None]) & is_open
        uncovered = np.flatnonzero(over.any(1))
        if not len(uncovered):
            continue
        part = np.where(is_open[uncovered], left[uncovered], closed)
        best = _columns_of_best(part, count)
        close = np.take_along_axis(part, best, 1) > (limits[rows][uncovered] - near)[:, None]
        close &= np.take_along_axis(is_open[uncovered], best, 1)
        mentees = rows.start + uncovered
        found.append((mentees[:, None] * task.shape[1] + best)[close])
    return np.concatenate(found)


def _width(task: Task, limits: Integers, values: Integers) -> type[np.signedinteger[Any]]:
    """Return the narrowest whole numbers in which no difference runs over."""
    highest = int(np.abs(limits).max(initial=0)) + int(np.abs(values).max(initial=0))
    return np.int32 if highest < 2**30 else np.int64


def _columns_of_best(table: Points, count: int) -> NDArray[np.intp]:
    if count >= table.shape[1]:
        return np.broadcast_to(np.arange(table.shape[1]), table.shape)
    return np.argpartition(table, -count, axis=1)[:, -count:]


def _keys(task: Task, start: int, columns: NDArray[np.intp], chosen: Bools) -> Keys:
    mentees = np.arange(start, start + len(columns), dtype=np.int64)
    return np.asarray((mentees[:, None] * task.shape[1] + columns)[chosen])


def outside(task: Task, crowd: Bools, places: Bools, count: int) -> Keys:
    """Return open pairs of the crowd with mentors other than its places, ``count`` a mentee at most.

    They are spread over the mentors as if by lot, so that not all want the same few, and the same each time.
    """
    found = [np.zeros(0, dtype=np.int64)]
    lots = np.arange(task.shape[1], dtype=np.uint32) * np.uint32(LOT)
    for rows, _, is_open in task.tiles():
        inside = np.flatnonzero(crowd[rows])
        elsewhere = is_open[inside] & ~places
        some = elsewhere.any(1)
        mentees, elsewhere = (rows.start + inside[some]).astype(np.int64), elsewhere[some]
        drawn = (lots ^ (mentees.astype(np.uint32) * np.uint32(LOT))[:, None]) * np.uint32(LOT)
        best = _columns_of_best(np.where(elsewhere, (drawn >> 1).astype(np.int32), _closed(task, np.int32)), count)
        found.append((mentees[:, None] * task.shape[1] + best)[np.take_along_axis(elsewhere, best, 1)])
    return np.concatenate(found)


def joined(keys: Keys, more: Keys) -> Keys:
    """Return both lists of pairs in order, each pair once."""
    both = np.sort(np.concatenate([keys, more]))
    return both[np.append(True, both[1:] != both[:-1])] if len(both) else both


def _closed(task: Task, width: type[np.signedinteger[Any]]) -> NDArray[Any]:
    """Return what a closed pair counts: least, and no two of a mentee the same, as many equals are slow to sort out."""
    return np.iinfo(width).min + np.arange(task.shape[1], dtype=width)
