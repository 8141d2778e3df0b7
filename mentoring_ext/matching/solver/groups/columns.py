"""Groups as columns of a table: a mentor with all the mentees of one possible group, and what that is worth.

A column needs no slot: one in which all are free is known to exist.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from mentoring_ext.matching.facts import Integers
from mentoring_ext.matching.solver.groups.pool import Pool


@dataclass(frozen=True, eq=False)
class Columns:
    """Possible groups, none twice; ``members`` are sorted and padded with the number of mentees."""

    pool: Pool
    mentors: Integers
    members: Integers
    points: Integers

    @classmethod
    def of(cls, pool: Pool, mentors: Integers, members: NDArray[np.integer]) -> "Columns":
        """Make columns of groups, each once and none without mentees; ``members`` may be padded anywhere."""
        people = pool.shape[0]
        table = np.unique(np.column_stack([mentors, np.sort(members, axis=1)]).astype(np.int64), axis=0)
        table = table[table[:, 1] < people] if table.shape[1] > 1 else table[:0]
        mentors, members = table[:, 0], table[:, 1:]
        who = np.minimum(members, people - 1)
        points = pool.points_at(who.ravel(), np.repeat(mentors, who.shape[1])).reshape(who.shape)
        return cls(pool, mentors, members, np.where(members < people, points, 0).sum(1))

    @classmethod
    def of_pairs(cls, pool: Pool, mentor_of: Integers) -> "Columns":
        """Make columns of the groups that some pairs make up."""
        mentees = np.flatnonzero((mentor_of >= 0) & pool.task.free)
        mentees = mentees[np.argsort(mentor_of[mentees], kind="stable")]
        owners, sizes = np.unique(mentor_of[mentees], return_counts=True)
        members = np.full((len(owners), int(sizes.max(initial=1))), pool.shape[0])
        rank = np.arange(len(mentees)) - np.repeat(sizes.cumsum() - sizes, sizes)
        members[np.repeat(np.arange(len(owners)), sizes), rank] = mentees
        return cls.of(pool, owners, members)

    def __len__(self) -> int:
        return len(self.mentors)

    @property
    def sizes(self) -> Integers:
        """How many mentees each group has."""
        return np.asarray((self.members < self.pool.shape[0]).sum(1))

    def only(self, chosen: NDArray[np.generic]) -> "Columns":
        """Return some of the columns."""
        return Columns(self.pool, self.mentors[chosen], self.members[chosen], self.points[chosen])

    def and_also(self, other: "Columns") -> "Columns":
        """Return these and other columns."""
        deep = max(self.members.shape[1], other.members.shape[1])
        members = [_wide(one.members, deep, self.pool.shape[0]) for one in (self, other)]
        return Columns.of(self.pool, np.concatenate([self.mentors, other.mentors]), np.concatenate(members))

    def mentor_of(self, people: int) -> Integers:
        """Return the mentor of each mentee when all these groups come about (−1: none)."""
        found = np.full(people + 1, -1, dtype=np.int64)
        found[self.members] = self.mentors[:, None]
        return found[:-1]

    def incidence(self) -> csr_array:
        """Return who is in which group: mentees and then mentors × columns."""
        people, mentors = self.pool.shape
        column = np.arange(len(self))
        inside = self.members < people
        rows = np.concatenate([self.members[inside], people + self.mentors])
        columns = np.concatenate([np.repeat(column, inside.sum(1)), column])
        return csr_array((np.ones(len(rows)), (rows, columns)), shape=(people + mentors, len(self)))


def _wide(members: Integers, deep: int, padding: int) -> Integers:
    return np.pad(members, ((0, 0), (0, deep - members.shape[1])), constant_values=padding)
