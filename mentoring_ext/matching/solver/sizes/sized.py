"""What a small group is, and the bound of prices for answers that have at most so many of them.

A mentor's group is *small* when it is used and has fewer mentees than preferred. Of a mentor with fixed mentees the
group is used in any case; where nobody else can come, it is *certainly* small and counts as such.

Three tasks without preferences stand for it. ``soft``: no size is preferred. ``firm``: no group is small, except the
certain ones. ``tiny``: of each mentor who may have a small group only small ones. With a price u of each mentee and a
premium λ every mentor gains something in firm and in tiny (see ``groups.bounds``). When at most so many groups are
small, the sum of the gains is highest when those mentors have a small group who win most by that: no answer has a total
above Σu + Σ firm + Σ the highest of (tiny − firm) − λ·k.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from mentoring_ext.matching.facts import Bools, Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER
from mentoring_ext.matching.solver.groups.bounds import NOTHING_POSSIBLE, all_gains_of
from mentoring_ext.matching.solver.groups.pool import CLOSED, UNIT, Pool
from mentoring_ext.matching.solver.task import Task
from mentoring_ext.matching.solver.watch import Watch


@dataclass(frozen=True, eq=False)
class Gained:
    """What mentors gain at some prices: without small groups, and with them (``CLOSED``: not possible)."""

    firm: Integers
    tiny: Integers

    @property
    def more(self) -> Integers:
        """What each mentor wins by a small group, where both are possible; zero where it wins nothing."""
        both = (self.firm > CLOSED // 2) & (self.tiny > CLOSED // 2)
        return np.where(both, np.maximum(self.tiny - self.firm, 0), 0)

    @property
    def forced(self) -> Bools:
        """Mentors who can have nothing but a small group."""
        return np.asarray(self.firm <= CLOSED // 2)

    def most(self, limit: int) -> int | None:
        """Return the highest sum of gains with at most ``limit`` small groups; None where there is no answer."""
        spare = limit - int(self.forced.sum())
        if spare < 0 or (self.tiny[self.forced] <= CLOSED // 2).any():
            return None
        gains: list[int] = np.where(self.forced, self.tiny, self.firm).tolist()
        won: list[int] = np.sort(self.more)[::-1][:spare].tolist()
        return sum(gains) + sum(won)

    def fee(self, limit: int) -> int:
        """Return a price of small groups at which mentors who choose for themselves gain no more than ``most``."""
        spare = limit - int(self.forced.sum())
        won = np.sort(self.more)[::-1]
        return int(won[spare]) if 0 <= spare < len(won) else 0


@dataclass(frozen=True, eq=False)
class Sized:
    """A task with preferred sizes; with ``counting`` every pair is worth ``UNIT``."""

    task: Task
    counting: bool = False

    @cached_property
    def preferred(self) -> Integers:
        """The size below which a group is small."""
        return np.zeros(self.task.shape[1], dtype=np.int64) if self.task.preferred is None else self.task.preferred

    @cached_property
    def soft(self) -> Pool:
        """The task with no preferred size."""
        return Pool(replace(self.task, preferred=None), self.counting)

    @cached_property
    def enough(self) -> Integers:
        """How many free mentees a group needs so that it is not small; zero or less where it is not small anyway."""
        return np.asarray(self.preferred - self.soft.fixed_sizes)

    @cached_property
    def certain(self) -> Bools:
        """Mentors whose group is small in any answer: too few others can come to their fixed mentees."""
        waiting = self.soft.must & (self.enough > 0)
        anyone = Pool(replace(self.task, preferred=None, floor=None))
        names = np.flatnonzero(waiting)
        could = [int(anyone.columns(slice(name, name + 1))[1].sum()) for name in names]
        most = np.full(self.task.shape[1], 0)
        most[names] = np.minimum(could, self.task.places[names])
        return waiting & (most < self.enough)

    @cached_property
    def choice(self) -> Bools:
        """Mentors whose group may be small or not."""
        return np.asarray((self.soft.least < self.enough) & ~self.certain)

    @property
    def least(self) -> Integers:
        """The smallest size that the rules allow."""
        return np.zeros(self.task.shape[1], dtype=np.int64) if self.task.minimum is None else self.task.minimum

    @cached_property
    def firm(self) -> Pool:
        """The task in which only the certain groups are small."""
        return self.allowing(np.zeros(self.task.shape[1], dtype=bool))

    @cached_property
    def tiny(self) -> Pool:
        """The task in which mentors with the choice have small groups, and nobody else has one of free mentees."""
        room = np.minimum(self.task.places, np.where(self.choice, self.enough - 1, 0))
        capacity = np.where(self.choice, room, 0) + self.soft.fixed_sizes
        return Pool(replace(self.task, preferred=None, capacity=capacity), self.counting)

    def allowing(self, some: Bools) -> Pool:
        """Return the task in which besides the certain groups only those of some mentors may be small."""
        raised = np.where(self.certain | some, self.least, np.maximum(self.least, self.preferred))
        return Pool(replace(self.task, preferred=None, minimum=raised), self.counting)

    def small(self, mentor_of: Integers) -> Bools:
        """Return which mentors have a small group."""
        sizes = np.bincount(mentor_of[mentor_of != LEFT_OVER], minlength=self.task.shape[1])
        return (sizes > 0) & (sizes < self.preferred)

    def limit(self, small: int) -> int:
        """Return how many groups may be small besides the certain ones when ``small`` are."""
        return small - int(self.certain.sum())

    def gained(self, prices: Integers, premium: int, watch: Watch | None = None) -> Gained:
        """Return what mentors gain at these prices."""
        firm = all_gains_of(self.firm, prices, premium, watch).gains
        tiny = all_gains_of(self.tiny, prices, premium, watch).gains
        return Gained(firm, np.where(self.choice, tiny, CLOSED))

    def bound(self, gained: Gained, prices: Integers, premium: int, count: int, small: int) -> int | None:
        """Return the bound of ``count`` free mentees with ``small`` small groups at most; None: there is no answer."""
        most = gained.most(self.limit(small))
        whole: int = sum(prices.tolist())
        return None if most is None else whole + most - premium * count

    def count_bound(self, prices: Integers, small: int, watch: Watch | None = None) -> int:
        """Return how many free mentees can be placed with at most ``small`` small groups, as the prices prove."""
        counted = replace(self, counting=True)
        bound = counted.bound(counted.gained(prices, 0, watch), prices, 0, 0, small)
        return NOTHING_POSSIBLE if bound is None else bound // UNIT
