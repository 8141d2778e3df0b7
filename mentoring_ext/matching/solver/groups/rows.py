"""Rows: the slots worth considering of each mentor, with the mentees who could be in a group there.

A slot whose mentees are all free in another slot of the same mentor too is left out: the other one is never worse.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mentoring_ext.matching.facts import Bools, Floats, Integers
from mentoring_ext.matching.solver.groups.pool import Pool

NOBODY = -(2.0**60)
BLOCKS = 8


@dataclass(frozen=True, eq=False)
class Pairs:
    """Open pairs, sorted by mentor and mentee."""

    mentees: Integers
    mentors: Integers
    points: Integers


@dataclass(frozen=True, eq=False)
class Block:
    """Rows of about the same length as one table; ``mentees`` is padded with the number of mentees."""

    rows: Integers
    mentees: NDArray[np.int32]
    points: Floats
    places: Integers
    least: Integers
    deep: int


@dataclass(frozen=True, eq=False)
class Groups:
    """The best group of each row at some prices: its worth, and its mentees, padded with the number of mentees."""

    worth: Floats
    members: NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Rows:
    """One row for each mentor and useful slot; ``at`` says where each row's pairs begin in ``mentees``."""

    pool: Pool
    pairs: Pairs
    mentors: Integers
    slots: Integers
    at: Integers
    mentees: Integers
    points: Integers

    @classmethod
    def of(cls, pool: Pool, pairs: Pairs) -> "Rows":
        """Make the rows of some open pairs."""
        mentors, slots, members, points = [], [], [], []
        ends = np.searchsorted(pairs.mentors, np.arange(pool.shape[1] + 1))
        for mentor in np.flatnonzero(np.diff(ends)):
            here = slice(ends[mentor], ends[mentor + 1])
            names = np.flatnonzero(pool.mentor_slots[mentor])
            free = pool.mentee_slots[np.ix_(pairs.mentees[here], names)]
            for slot in useful(free, max(1, int(pool.least[mentor]))):
                mentors.append(int(mentor))
                slots.append(int(names[slot]))
                members.append(pairs.mentees[here][free[:, slot]])
                points.append(pairs.points[here][free[:, slot]])
        lengths = np.array([0, *map(len, members)], dtype=np.int64)
        return cls(pool, pairs, _whole(mentors), _whole(slots), lengths.cumsum(), _joined(members), _joined(points))

    def __len__(self) -> int:
        return len(self.mentors)

    def mentees_of(self, row: int) -> Integers:
        """Return whom a row could take."""
        return self.mentees[self.at[row] : self.at[row + 1]]

    @cached_property
    def deep(self) -> int:
        """The size of the largest group that is possible."""
        if not len(self):
            return 1
        return int(min(self.pool.places[self.mentors].max(), np.diff(self.at).max()))

    @cached_property
    def blocks(self) -> list[Block]:
        """The rows as a few tables."""
        lengths = np.diff(self.at)
        order = np.argsort(lengths, kind="stable")
        return [self._block(rows, lengths) for rows in np.array_split(order, BLOCKS) if len(rows)]

    def _block(self, rows: Integers, lengths: Integers) -> Block:
        longest = int(lengths[rows].max())
        column = np.arange(longest)
        filled = column < lengths[rows][:, None]
        index = np.where(filled, self.at[rows][:, None] + column, 0)
        mentees = np.where(filled, self.mentees[index], self.pool.shape[0]).astype(np.int32)
        points = np.where(filled, self.points[index], NOBODY)
        places, least = self.pool.places[self.mentors[rows]], self.pool.least[self.mentors[rows]]
        deep = int(min(longest, places.max()))
        return Block(rows, mentees, points, places[:, None], least[:, None], deep)

    def groups(self, prices: Floats) -> Groups:
        """Return the best group of each row when mentees cost ``prices``."""
        worth = np.full(len(self), NOBODY)
        members = np.full((len(self), self.deep), self.pool.shape[0], dtype=np.int32)
        padded = np.append(prices, 0.0)
        for block in self.blocks:
            values = block.points - padded[block.mentees]
            top, gains = _top(values, block.deep)
            rank = np.arange(block.deep)
            taken = (rank < block.places) & ((gains > 0) | (rank < block.least)) & (gains > NOBODY / 2)
            sums = np.where(taken, gains, 0.0).sum(1)
            enough = taken.sum(1) >= block.least[:, 0]
            worth[block.rows] = np.where(enough, sums, NOBODY)
            names = np.take_along_axis(block.mentees, top, 1)
            members[block.rows, : block.deep] = np.where(taken, names, self.pool.shape[0])
        return Groups(worth, members)

    def best(self, worth: Floats) -> tuple[Integers, Floats]:
        """Return each mentor's best row (−1: rather no group) and what it is worth."""
        row = np.full(self.pool.shape[1], -1, dtype=np.int64)
        value = np.zeros(self.pool.shape[1])
        if not len(self):
            return row, value
        firsts = np.flatnonzero(np.diff(self.mentors, prepend=-1))
        names = self.mentors[firsts]
        highest = np.maximum.reduceat(worth, firsts)
        is_best = np.flatnonzero(worth == np.repeat(highest, np.diff(np.append(firsts, len(self)))))
        row[self.mentors[is_best][::-1]] = is_best[::-1]
        bound = self.pool.must[names] & (self.pool.least[names] > 0)
        rather_none = ~bound & (highest <= 0)
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

    def often_from(self, before: "Rows", often: Floats) -> Floats:
        """Return how often rows were best, after pairs were added."""
        names = dict(zip(zip(before.mentors, before.slots, strict=True), often, strict=True))
        keys = zip(self.mentors, self.slots, strict=True)
        return np.array([names.get(key, 0.0) for key in keys])


def useful(free: Bools, least: int) -> list[int]:
    """Return the slots (columns) that no other slot makes needless; of equal ones the first."""
    sizes = free.sum(0)
    whole = free.astype(np.float32)
    common = whole.T @ whole
    kept: list[int] = []
    for slot in np.argsort(-sizes, kind="stable"):
        if sizes[slot] < least:
            break
        if not (common[slot, kept] == sizes[slot]).any():
            kept.append(int(slot))
    return sorted(kept)


def _top(values: Floats, deep: int) -> tuple[NDArray[np.int64], Floats]:
    """Return where the highest values of each row are, highest first, and the values."""
    top = np.argpartition(-values, deep - 1, axis=1)[:, :deep] if deep < values.shape[1] else _all_of(values)
    gains = np.take_along_axis(values, top, 1)
    order = np.argsort(-gains, axis=1, kind="stable")
    return np.take_along_axis(top, order, 1), np.take_along_axis(gains, order, 1)


def _all_of(values: Floats) -> NDArray[np.int64]:
    return np.broadcast_to(np.arange(values.shape[1]), values.shape)


def _whole(values: list[int]) -> Integers:
    return np.array(values, dtype=np.int64)


def _joined(parts: list[Integers]) -> Integers:
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts])
