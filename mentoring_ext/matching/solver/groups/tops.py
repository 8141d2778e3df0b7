"""What each mentor would want at some prices: of every row the mentees who are worth most, as one table.

The table holds the ``MOST`` best of each row at the prices at which it was made, so that a look at other prices takes
well under a millisecond for 300 × 100 people. It is exact at the prices at which it was made, and nearly so close to
them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentoring_ext.matching.facts import Floats, Integers
from mentoring_ext.matching.solver.groups.rows import NOBODY, Rows

MOST = 24


@dataclass(frozen=True, eq=False)
class Wishes:
    """What all mentors want: the worth of each row's best group, each mentor's best row (−1: none) and its worth."""

    worth: Floats
    row: Integers
    gains: Floats


@dataclass(frozen=True, eq=False)
class Tops:
    """Rows × the best of them: ``mentees`` (padded with the number of mentees) and ``points``."""

    rows: Rows
    mentees: NDArray[np.int32]
    points: Floats
    deep: int

    @classmethod
    def of(cls, rows: Rows, net: Floats) -> "Tops":
        """Return the best of each row at the prices ``net``."""
        mentees, points = rows.table
        deep = int(rows.pool.places[rows.mentors].max(initial=1))
        wide = max(MOST, deep + MOST // 3)
        if wide < mentees.shape[1]:
            values = points - np.append(net, 0.0)[mentees]
            top = np.argpartition(values, mentees.shape[1] - wide, axis=1)[:, -wide:]
            mentees, points = np.take_along_axis(mentees, top, 1), np.take_along_axis(points, top, 1)
        return cls(rows, mentees, points, min(deep, mentees.shape[1]))

    def wishes(self, net: Floats) -> Wishes:
        """Return what the mentors want at the prices ``net``, which may be a little other ones."""
        values = self.points - np.append(net, 0.0)[self.mentees]
        if self.deep < values.shape[1]:
            values = np.partition(values, values.shape[1] - self.deep, axis=1)[:, -self.deep :]
        values = np.sort(values, axis=1)[:, ::-1]
        worth = self._worth(values, np.arange(len(self.rows)))[0]
        return Wishes(worth, *self.rows.best(worth))

    def groups(self, net: Floats, chosen: Integers) -> NDArray[np.int32]:
        """Return the mentees of the best group of some rows, padded with the number of mentees."""
        values = self.points[chosen] - np.append(net, 0.0)[self.mentees[chosen]]
        order = np.argsort(-values, axis=1, kind="stable")[:, : self.deep]
        taken = self._worth(np.take_along_axis(values, order, 1), chosen)[1]
        return np.where(taken, np.take_along_axis(self.mentees[chosen], order, 1), self.rows.pool.shape[0])

    def _worth(self, values: Floats, chosen: Integers) -> tuple[Floats, NDArray[np.bool_]]:
        """Return what groups out of these values, highest first, are worth and whom they take."""
        pool, rank = self.rows.pool, np.arange(values.shape[1])
        mentors = self.rows.mentors[chosen]
        places, least = pool.places[mentors][:, None], pool.least[mentors][:, None]
        taken = (rank < places) & ((values > 0) | (rank < least)) & (values > NOBODY / 2)
        worth = np.where(taken, values, 0.0).sum(1)
        return np.where(taken.sum(1) >= least[:, 0], worth, NOBODY), taken
