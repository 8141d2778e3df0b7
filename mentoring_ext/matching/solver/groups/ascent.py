"""Good prices by subgradients: a mentee whom many groups want gets dearer, one whom nobody wants cheaper.

Each step looks at every mentor's best group at the present prices; the bound of the best prices seen is kept. Steps
follow the gap to a total that is known to be possible, are deflected by those before, and get shorter where nothing
is won. *Source:* Camerini, Fratta, Maffioli, "On improving relaxation methods by modified gradient techniques" (1975).
"""

from dataclasses import dataclass

import numpy as np

from mentoring_ext.matching.facts import Bools, Floats, Integers
from mentoring_ext.matching.solver.groups.rows import Groups, Rows

DEFLECTION = 0.6
PATIENCE = 10
SHORTER = 0.7
SHORTEST = 1e-3
FORGET = 0.95
EXPECTED_GAP = 0.01


@dataclass(eq=False)
class Prices:
    """Prices net of the premium, the premium, the bound of the rows, and how often each row was best of late."""

    net: Floats
    premium: float
    bound: float
    often: Floats

    def whole(self, free: Bools) -> tuple[Integers, int]:
        """Return prices and premium in whole numbers, none below zero; fixed mentees have none."""
        net = np.rint(self.net).astype(np.int64)
        premium = max(round(self.premium), -int(net[free].min(initial=0)))
        return np.where(free, np.maximum(net + premium, 0), 0), premium


def first_prices(rows: Rows) -> Prices:
    """Return prices to begin with: what each mentee's pairs are worth in the middle of the best."""
    people = rows.pool.shape[0]
    best = np.zeros(people)
    np.maximum.at(best, rows.pairs.mentees, rows.pairs.points.astype(float))
    return Prices(best / 2, 0.0, np.inf, np.zeros(len(rows)))


def climb(rows: Rows, start: Prices, *, count: int | None, reachable: float | None, steps: int) -> Prices:
    """Return prices whose bound, for ``count`` free mentees placed, is as low as some steps make it.

    Without a count there is no premium, and the bound holds for any. ``reachable`` is the total of pairs that keep the
    rules, where one is known.
    """
    free = rows.pool.task.free
    spare = 0 if count is None else int(free.sum()) - count
    has_limit = count is None or spare > 0
    net, premium = start.net.copy(), start.premium
    kept = Prices(net.copy(), premium, np.inf, start.often.copy())
    direction, drift, length, waited = np.zeros(len(net)), 0.0, 1.0, 0
    for _ in range(steps):
        groups = rows.groups(net)
        row, gains = rows.best(groups.worth)
        bound = float(net[free].sum() + gains.sum()) + premium * spare
        kept.often = FORGET * kept.often + (1 - FORGET) * np.bincount(row[row >= 0], minlength=len(rows))
        waited = 0 if bound < kept.bound - 1e-5 * abs(kept.bound) else waited + 1
        if bound < kept.bound:
            kept.net, kept.premium, kept.bound = net.copy(), premium, bound
        if waited >= PATIENCE:
            length, waited = length * SHORTER, 0
            net, premium = kept.net.copy(), kept.premium
            direction, drift = np.zeros(len(net)), 0.0
        wanted = _wanted(rows, groups, row)
        slope = np.where(free, wanted - 1, 0)
        if has_limit:
            slope = np.where((net <= -premium) & (slope < 0), 0, slope)
        direction = DEFLECTION * direction + slope
        drift = DEFLECTION * drift + spare / max(1.0, len(net) ** 0.5)
        goal = reachable if reachable is not None else kept.bound - EXPECTED_GAP * abs(kept.bound)
        ahead = max(bound - goal, 1e-4 * abs(bound))
        size = float((direction**2).sum()) + drift**2
        if length < SHORTEST or size == 0 or ahead == 0:
            break
        net = net + length * ahead / size * direction
        if has_limit:
            premium = premium - length * ahead / size * drift
            net = np.maximum(net, -premium)
    return kept


def _wanted(rows: Rows, groups: Groups, row: Integers) -> Integers:
    members = groups.members[row[row >= 0]].ravel()
    return np.bincount(members, minlength=rows.pool.shape[0] + 1)[:-1]
