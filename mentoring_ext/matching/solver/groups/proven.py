"""What the prices at hand prove."""

from dataclasses import dataclass

import numpy as np

from mentoring_ext.matching.facts import Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER
from mentoring_ext.matching.solver.groups.bounds import gains_of
from mentoring_ext.matching.solver.groups.columns import Columns
from mentoring_ext.matching.solver.groups.hunt import Hunt
from mentoring_ext.matching.solver.groups.pool import Pool


@dataclass(frozen=True, eq=False)
class Proven:
    """Prices and premium in whole numbers, what the mentors gain at them, and the bound that follows."""

    prices: Integers
    premium: int
    gains: Integers
    bound: int

    @property
    def net(self) -> Integers:
        """What mentees cost after the premium."""
        return self.prices - self.premium

    def losses(self, columns: Columns) -> Integers:
        """Return what the bound loses with each group."""
        worth = columns.points - np.append(self.net, 0)[columns.members].sum(1)
        return np.asarray(self.gains[columns.mentors] - worth)

    def shortfalls(self, pool: Pool, mentor_of: Integers) -> Integers:
        """Return by how much each mentor's group falls short of the gain."""
        short = self.gains.copy()
        placed = np.flatnonzero(mentor_of != LEFT_OVER)
        worth = pool.points_at(placed, mentor_of[placed]) - self.net[placed]
        np.subtract.at(short, mentor_of[placed], worth)
        return short


def relax(hunt: Hunt) -> Proven:
    """Return what the hunt's prices prove for as many as are placed."""
    prices, premium = hunt.prices.whole(hunt.pool.reachable)
    gains = gains_of(hunt.pool, prices, premium)
    if gains is None:
        raise AssertionError("a group that has to exist was settled and yet is impossible")
    return Proven(prices, premium, gains.gains, gains.bound(prices, premium, hunt.best.count))
