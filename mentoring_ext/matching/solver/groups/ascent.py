"""Good prices by subgradients: a mentee whom many groups want gets dearer, one whom nobody wants cheaper.

Each step looks at every mentor's best group at the present prices; the bound of the best prices seen is kept. Steps
follow the gap to a total that is known to be possible, are deflected by those before, and get shorter where nothing
is won. Of each row only the best at hand are looked at; how soon they are chosen anew follows from how wrong that was.
*Source:* Camerini, Fratta, Maffioli, "On improving relaxation methods by modified gradient techniques" (1975).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mentoring_ext.matching.facts import Bools, Floats, Integers
from mentoring_ext.matching.solver.groups.rows import Rows
from mentoring_ext.matching.solver.groups.tops import Tops, Wishes
from mentoring_ext.matching.solver.watch import Watch

DEFLECTION = 0.9
PATIENCE = 20
SHORTER = 0.7
SHORTEST, LEAST_STRIDE = 1e-3, 0.05
FORGET = 0.95
EXPECTED_GAP = 0.01
ENOUGH = 1e-5
OFTEN, SELDOM = 4, 32
WRONG = 1e-4
LEAST_STEPS = 10
"""With a few mentees the choice among groups is soon made without good prices."""


@dataclass(eq=False)
class Prices:
    """A price of each mentee, the premium for placing one, their bound in the rows, how often rows were best of late.

    The bound holds for the total of as many mentees as the prices were made for.
    """

    prices: Floats
    premium: float
    bound: float
    often: Floats
    stride: float = 1.0
    """How long steps are at these prices, relative to what the total that is known would need."""

    @property
    def net(self) -> Floats:
        """What a mentee costs after the premium."""
        return self.prices - self.premium

    def whole(self, reachable: Bools) -> tuple[Integers, int]:
        """Return prices and premium in whole numbers, none below zero; who cannot be reached has none."""
        prices = np.rint(self.prices).astype(np.int64)
        lift = max(0, -int(prices[reachable].min(initial=0)))
        return np.where(reachable, prices + lift, 0), round(self.premium) + lift


def first_prices(rows: Rows) -> Prices:
    """Return prices to begin with: half of what each mentee's best pair is worth."""
    best = np.zeros(rows.pool.shape[0])
    np.maximum.at(best, rows.mentees, rows.points.astype(float))
    return Prices(best / 2, 0.0, np.inf, np.zeros(len(rows)))


def climb(rows: Rows, start: Prices, *, count: int | None, reachable: float | None, steps: int, watch: Watch) -> Prices:
    """Return prices whose bound, for ``count`` free mentees placed, is as low as some steps make it.

    Without a count there is no premium, and the bound holds for any. ``reachable`` is the total of pairs that keep the
    rules, where one is known. For a few mentees there are fewer steps.
    """
    people = int(rows.pool.reachable.sum())
    return _Climb(rows, start, count, reachable).go(min(steps, max(LEAST_STEPS, people**2 // 5)), watch)


class _Climb:
    """The state of a climb; ``spare`` is how many of those who can be reached will be left over."""

    def __init__(self, rows: Rows, start: Prices, count: int | None, reachable: float | None) -> None:
        who = rows.pool.reachable
        self.rows, self.who, self.count, self.reachable = rows, who, count, reachable
        self.spare = 0 if count is None else int(who.sum()) - count
        self.has_limit = count is None or self.spare > 0
        premium = start.premium if self.spare > 0 else 0.0
        prices = np.where(who, start.prices - start.premium + premium, 0.0)
        if self.has_limit:
            prices = np.maximum(prices, 0.0)
        self.now = Prices(prices, premium, np.inf, start.often)
        self.best = self.proven = self.now
        self.direction, self.drift = np.zeros(len(prices)), 0.0
        self.length, self.waited, self.every = max(start.stride, LEAST_STRIDE), 0, OFTEN

    def go(self, steps: int, watch: Watch) -> Prices:
        while steps > 0 and self.length >= SHORTEST and not (self._is_closed or watch.is_over):
            tops = Tops.of(self.rows, self.now.net)
            for _ in range(min(self.every, steps)):
                self._step(tops)
            steps -= self.every
            self._check()
        return replace(self.proven, often=self.now.often, stride=self.length)

    @property
    def _is_closed(self) -> bool:
        return self.reachable is not None and self.proven.bound < self.reachable + 1

    def _step(self, tops: Tops) -> None:
        wishes = tops.wishes(self.now.net)
        self.now.bound = self._bound(self.now, wishes)
        used = wishes.row[wishes.row >= 0]
        often = FORGET * self.now.often
        often[used] += 1 - FORGET
        self._keep(often)
        if self.waited >= PATIENCE:
            self.length, self.waited = self.length * SHORTER, 0
            self.now = replace(self.best, often=often)
            self.direction, self.drift = np.zeros(len(self.who)), 0.0
        else:
            self._move(tops.groups(self.now.net, used), often)

    def _keep(self, often: Floats) -> None:
        self.waited = 0 if self.now.bound < self.best.bound - ENOUGH * abs(self.best.bound) else self.waited + 1
        if self.now.bound < self.best.bound:
            self.best = self.now

    def _move(self, groups: NDArray[np.int32], often: Floats) -> None:
        """Go on against the slope, as far as half of the way to the total that is known would need."""
        wanted = np.bincount(groups.ravel(), minlength=len(self.who) + 1)[:-1]
        slope = np.where(self.who, wanted - 1.0, 0.0)
        if self.has_limit:
            slope[(self.now.prices <= 0) & (slope < 0)] = 0
        self.direction = DEFLECTION * self.direction + slope
        if self.spare > 0 and self.count is not None:
            self.drift = DEFLECTION * self.drift + (self.count - int(wanted.sum())) / self._weight
        size = float((self.direction**2).sum()) + self.drift**2
        goal = self.reachable if self.reachable is not None else self.best.bound * (1 - EXPECTED_GAP)
        far = self.length * max(self.now.bound - goal, 10 * ENOUGH * abs(self.now.bound)) / max(size, 1e-9)
        prices = self.now.prices + far * self.direction
        prices = np.maximum(prices, 0.0) if self.has_limit else prices
        self.now = Prices(prices, self.now.premium + far * self.drift / self._weight, np.inf, often)

    @property
    def _weight(self) -> float:
        return float(np.sqrt(max(1, len(self.who))))

    def _check(self) -> None:
        """Count the bound of the best prices anew, and look again sooner or later as it was wrong or right."""
        exact = self._bound(self.best, Tops.of(self.rows, self.best.net).wishes(self.best.net))
        is_wrong = exact - self.best.bound > WRONG * abs(exact)
        self.every = max(OFTEN, self.every // 2) if is_wrong else min(SELDOM, self.every * 2)
        self.best = replace(self.best, bound=exact)
        if exact < self.proven.bound:
            self.proven = self.best

    def _bound(self, at: Prices, wishes: Wishes) -> float:
        placed = 0 if self.count is None else self.count
        return float(at.prices[self.who].sum() + wishes.gains.sum()) - at.premium * placed
