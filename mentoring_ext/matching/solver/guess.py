"""A guess of the mentors' prices from samples of the mentees, so that about as many want a mentor as there are places.

Everybody spreads over the mentors, more to those with more points less price; a mentor whom too many want gets dearer,
and the spread gets narrower from step to step. First a few mentees look at all mentors, then more of them at the few
mentors that come near their best: that is sooner than all of it with either, and closer.
"""

import numpy as np
from numpy.typing import NDArray

from mentoring_ext.matching.encoding import products
from mentoring_ext.matching.facts import Floats, Integers
from mentoring_ext.matching.solver.task import Task

Table = NDArray[np.float32]
"""What each mentee of a sample has with each mentor, in points; −∞ where the pair is closed."""

FEW, MANY = 200, 1500
"""About so many mentees are in the two samples."""
FEW_STEPS, MANY_STEPS = 4, 9
"""How often the prices are put right for them."""
NARROW = 2, 20
"""The spread of the first step and of the last, as parts of how much the points differ."""
REACH = 0.8
"""How far below a mentee's best mentor the others of the second sample are looked at, against the same measure."""
NOBODY = 1e-3
"""What counts for a mentor whom nobody of the sample wants."""


def guess(task: Task) -> Integers:
    """Return a price of each mentor for one place, none below zero, in points."""
    places = np.maximum(task.places, 0.1)
    values = np.zeros(task.shape[1])
    table, step = _sample(task, FEW)
    unit = float(table[np.isfinite(table)].std(dtype=float)) + 1 if len(table) else 1.0
    widths = unit / np.geomspace(*NARROW, FEW_STEPS + MANY_STEPS)
    for width in widths[:FEW_STEPS]:
        values = _put_right(values, _wanted(table, values, width), places / step, width)
    table, step = _sample(task, MANY)
    near = _Near(table, values, REACH * unit)
    for width in widths[FEW_STEPS:]:
        values = _put_right(values, near.wanted(values, width), places / step, width)
    return np.rint(values).astype(np.int64)


def _sample(task: Task, count: int) -> tuple[Table, int]:
    """Return about ``count`` mentees, less those who have no choice, and how many one of them stands for."""
    step = max(1, task.shape[0] // count)
    points, is_open = task.tile(slice(0, None, step))
    chosen = is_open.any(1)
    return np.where(is_open[chosen], points[chosen], -np.inf).astype(np.float32), step


def _put_right(values: Floats, wanted: Floats, places: Floats, width: float) -> Floats:
    raised: Floats = np.maximum(0, values + width * np.log(np.maximum(wanted, NOBODY) / places))
    return raised


def _wanted(table: Table, values: Floats, width: float) -> Floats:
    """Return how many of the sample want each mentor at these prices."""
    wishes = table - values.astype(np.float32)
    wishes -= wishes.max(1, keepdims=True)
    wishes *= np.float32(1 / width)
    np.exp(wishes, out=wishes)
    wanted: Floats = products((1 / wishes.sum(1))[None], wishes.T)[0].astype(float)
    return wanted


class _Near:
    """The pairs of a sample that come near each mentee's best at some prices, mentee after mentee."""

    def __init__(self, table: Table, values: Floats, reach: float) -> None:
        left = table - values.astype(np.float32)
        cells = np.flatnonzero(left >= left.max(1, keepdims=True) - np.float32(reach))
        mentees, self.mentors = np.divmod(cells, len(values))
        self.points = table.ravel()[cells].astype(float)
        self.starts = np.flatnonzero(np.diff(mentees, prepend=-1))
        self.sizes = np.diff(self.starts, append=len(cells))

    def wanted(self, values: Floats, width: float) -> Floats:
        """Return how many of the sample want each mentor at these prices."""
        if not len(self.points):
            return np.zeros(len(values))
        wishes = self.points - values[self.mentors]
        wishes -= np.maximum.reduceat(wishes, self.starts).repeat(self.sizes)
        wishes = np.exp(wishes / width)
        wishes /= np.add.reduceat(wishes, self.starts).repeat(self.sizes)
        wanted: Floats = np.bincount(self.mentors, wishes, len(values)).astype(float)
        return wanted
