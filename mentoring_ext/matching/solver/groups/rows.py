"""Rows: the slots of each mentor, with the mentees who could be in a group there.

In programmes of usual size a row names all of them, and a slot whose mentees are all free in another slot of the same
mentor too is left out: the other one is never worse. In larger ones a row names those who are worth most there at some
prices; ``complete`` says which.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mentoring_ext.matching.encoding import products
from mentoring_ext.matching.facts import Bools, Floats, Integers
from mentoring_ext.matching.solver.groups.pool import BLOCK, CLOSED, Pool
from mentoring_ext.matching.solver.watch import Watch

ALL = 400_000
"""Mentees × mentors up to which rows name everybody."""
LONGEST = 40
"""Mentees that a row names in larger programmes."""
NOBODY = -(2.0**60)
"""The worth of nobody in tables."""
LOOK = 12
"""How many times as many of a mentor's best are looked at for them."""


@dataclass(frozen=True, eq=False)
class Rows:
    """One row for each mentor and slot, sorted by both; ``at`` says where each row begins in ``mentees``, ``points``.

    ``mentees`` of a row are sorted.
    """

    pool: Pool
    mentors: Integers
    slots: Integers
    at: Integers
    mentees: Integers
    points: Integers
    complete: bool

    @classmethod
    def of(
        cls, pool: Pool, net: Floats | None = None, homes: Integers | None = None, watch: Watch | None = None
    ) -> "Rows":
        """Make the rows of a pool; larger ones at the prices ``net`` of the mentees, without prices by points alone.

        ``homes`` is the row in which each mentee has to be named in any case (−1: none). Rows of a pool keep their
        numbers. With a ``watch``, larger ones raise ``TimeIsOver`` when its time ends before.
        """
        if pool.shape[0] * pool.shape[1] <= ALL:
            return cls._whole(pool)
        return cls._near(pool, np.zeros(pool.shape[0]) if net is None else net, homes, watch or Watch())

    @classmethod
    def _whole(cls, pool: Pool) -> "Rows":
        mentors, slots, members, points = [], [], [], []
        worth, is_open = pool.columns(slice(None))
        for mentor in np.flatnonzero(is_open.any(1)):
            people = np.flatnonzero(is_open[mentor])
            names = np.flatnonzero(pool.mentor_slots[mentor])
            free = pool.mentee_slots[np.ix_(people, names)]
            for slot in useful(free, max(1, int(pool.least[mentor]))):
                mentors.append(int(mentor))
                slots.append(int(names[slot]))
                members.append(people[free[:, slot]])
                points.append(worth[mentor, people[free[:, slot]]])
        lengths = np.array([0, *map(len, members)], dtype=np.int64)
        found = (lengths.cumsum(), _joined(members), _joined(points))
        return cls(pool, _integers(mentors), _integers(slots), *found, complete=True)

    @classmethod
    def _near(cls, pool: Pool, net: Floats, homes: Integers | None, watch: Watch) -> "Rows":
        mentors, slots = np.nonzero(pool.mentor_slots & (pool.places > 0)[:, None])
        ends = np.searchsorted(mentors, np.arange(pool.shape[1] + 1))
        longest = max(LONGEST, 2 * int(pool.places.max(initial=0)))
        filled = np.full((len(mentors), longest), pool.shape[0], dtype=np.int32)
        free_in = np.ascontiguousarray(pool.mentee_slots.T)
        for start in range(0, pool.shape[1], BLOCK):
            watch.check()
            for mentor, best in enumerate(_best_of(pool, slice(start, start + BLOCK), net, LOOK * longest), start):
                here = slice(ends[mentor], ends[mentor + 1])
                free = free_in[slots[here]][:, best]
                rank = free.cumsum(1, dtype=np.int32)
                row, column = np.nonzero(free & (rank <= longest))
                filled[here][row, rank[row, column] - 1] = best[column]
        if homes is not None:
            _add(filled, homes)
        filled.sort(axis=1)
        named = filled < pool.shape[0]
        lengths = named.sum(1)
        mentees = filled[named].astype(np.int64)
        owners = np.repeat(mentors, lengths)
        at = np.concatenate([[0], lengths.cumsum()])
        return cls(pool, mentors, slots, at, mentees, pool.points_at(mentees, owners), complete=False)

    def __len__(self) -> int:
        return len(self.mentors)

    @cached_property
    def row_of(self) -> Integers:
        """The row of each entry of ``mentees``."""
        return np.repeat(np.arange(len(self)), np.diff(self.at))

    @cached_property
    def table(self) -> tuple[NDArray[np.int32], Floats]:
        """The mentees of each row, padded with the number of mentees, and their points."""
        shape = len(self), int(np.diff(self.at).max(initial=1))
        mentees, points = np.full(shape, self.pool.shape[0], dtype=np.int32), np.full(shape, NOBODY)
        column = np.arange(len(self.mentees)) - self.at[self.row_of]
        mentees[self.row_of, column] = self.mentees
        points[self.row_of, column] = self.points
        return mentees, points

    @cached_property
    def firsts(self) -> Integers:
        """The first row of each mentor who has rows."""
        return np.flatnonzero(np.diff(self.mentors, prepend=-1))

    @cached_property
    def bound_to(self) -> Bools:
        """Which mentors cannot do without a group of free mentees."""
        return np.asarray(self.pool.must & (self.pool.least > 0))

    @cached_property
    def pairs(self) -> tuple[Integers, Integers]:
        """Mentees and mentors of all pairs that stand in a row."""
        people = self.pool.shape[0]
        keys = np.unique(self.mentors[self.row_of] * people + self.mentees)
        return keys % people, keys // people

    def mentees_of(self, row: int) -> Integers:
        """Return whom a row could take."""
        return self.mentees[self.at[row] : self.at[row + 1]]

    def entries(self, rows: Integers) -> tuple[Integers, Integers]:
        """Return the places of some rows' entries, and for each the number of its row within ``rows``."""
        sizes = self.at[rows + 1] - self.at[rows]
        owner = np.repeat(np.arange(len(rows)), sizes)
        return np.arange(len(owner)) + np.repeat(self.at[rows] - (sizes.cumsum() - sizes), sizes), owner

    def within(self, mentors: Bools, mentees: Bools) -> "Rows":
        """Return the rows of some mentors with some of the mentees only."""
        kept = mentors[self.mentors]
        inside = kept[self.row_of] & mentees[self.mentees]
        sizes = np.bincount(self.row_of[inside], minlength=len(self))[kept]
        at = np.concatenate([[0], sizes.cumsum()])
        found = (at, self.mentees[inside], self.points[inside])
        return Rows(self.pool, self.mentors[kept], self.slots[kept], *found, complete=self.complete)

    def best(self, worth: Floats) -> tuple[Integers, Floats]:
        """Return each mentor's best row (−1: rather no group) and what it is worth."""
        row = np.full(self.pool.shape[1], -1, dtype=np.int64)
        value = np.zeros(self.pool.shape[1])
        if not len(self):
            return row, value
        names = self.mentors[self.firsts]
        highest = np.maximum.reduceat(worth, self.firsts)
        is_best = np.flatnonzero(worth == np.repeat(highest, np.diff(np.append(self.firsts, len(self)))))
        row[self.mentors[is_best][::-1]] = is_best[::-1]
        rather_none = ~self.bound_to[names] & (highest <= 0)
        value[names] = np.where(rather_none, 0.0, highest)
        row[names[rather_none]] = -1
        return row, value

    def holding(self, mentor_of: Integers) -> Integers:
        """Return for each mentor with a group the first row that could take all its members, −1 for none."""
        found = np.full(self.pool.shape[1], -1, dtype=np.int64)
        ends = np.searchsorted(self.mentors, np.arange(self.pool.shape[1] + 1))
        members = np.argsort(mentor_of, kind="stable")
        cuts = np.searchsorted(mentor_of[members], np.arange(self.pool.shape[1] + 1))
        for mentor in np.flatnonzero(np.diff(cuts)):
            group = members[cuts[mentor] : cuts[mentor + 1]]
            rows = range(ends[mentor], ends[mentor + 1])
            found[mentor] = next((row for row in rows if np.isin(group, self.mentees_of(row)).all()), -1)
        return found


def useful(free: Bools, least: int) -> list[int]:
    """Return the slots (columns) that no other slot makes needless; of equal ones the first."""
    sizes = free.sum(0)
    whole = free.astype(np.float32)
    common = products(whole.T, whole.T)
    kept: list[int] = []
    for slot in np.argsort(-sizes, kind="stable"):
        if sizes[slot] < least:
            break
        if not (common[slot, kept] == sizes[slot]).any():
            kept.append(int(slot))
    return sorted(kept)


def _best_of(pool: Pool, mentors: slice, net: Floats, look: int) -> list[Integers]:
    """Return for each mentor the mentees who are worth most at the prices, best first."""
    points, is_open = pool.columns(mentors)
    worth = np.where(is_open, points - net.astype(np.int64), CLOSED)
    look = min(look, worth.shape[1])
    top = np.argpartition(-worth, look - 1, axis=1)[:, :look]
    gains = np.take_along_axis(worth, top, 1)
    order = np.argsort(-gains, axis=1, kind="stable")
    top, counts = np.take_along_axis(top, order, 1), (gains > CLOSED).sum(1)
    return [row[:count] for row, count in zip(top, counts, strict=True)]


def _add(filled: NDArray[np.int32], homes: Integers) -> None:
    """Put mentees who are missing in their row in the place of the last ones there."""
    mentees = np.flatnonzero(homes >= 0)
    mentees = mentees[(filled[homes[mentees]] != mentees[:, None]).all(1)]
    mentees = mentees[np.argsort(homes[mentees], kind="stable")]
    _, first, sizes = np.unique(homes[mentees], return_index=True, return_counts=True)
    rank = np.arange(len(mentees)) - np.repeat(first, sizes)
    filled[homes[mentees], filled.shape[1] - 1 - rank] = mentees


def _integers(values: list[int]) -> Integers:
    return np.array(values, dtype=np.int64)


def _joined(parts: list[Integers]) -> Integers:
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts])
