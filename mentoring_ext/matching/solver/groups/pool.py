"""What is left to decide besides the fixed pairs: each mentor's group gets a slot and some free mentees, or none."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mentoring_ext.matching.encoding import products
from mentoring_ext.matching.facts import Bools, Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER, NO_SLOT
from mentoring_ext.matching.solver.task import Task

UNIT = 2**20
"""What each pair is worth where those placed are counted."""
BLOCK = 64
"""Mentors that are looked at in one go."""
CLOSED = -(2**60)
"""The worth of a pair that is not open."""


@dataclass(frozen=True, eq=False)
class Pool:
    """The task as groups: of mentor j, ``least[j]`` to ``places[j]`` free mentees who share a slot, or no group.

    ``must`` are the mentors with fixed mentees: they have a group in any case, and their slots are those that the
    fixed mentees share. Without slots there is a single one, and everybody is free in it. With ``counting`` every open
    pair is worth ``UNIT`` points: the total then counts those placed.
    """

    task: Task
    counting: bool = False

    @cached_property
    def shape(self) -> tuple[int, int]:
        """Mentees and mentors."""
        return self.task.shape

    @cached_property
    def fixed_sizes(self) -> Integers:
        """How many fixed mentees each mentor has."""
        return np.bincount(np.array(list(self.task.fixed.values()), dtype=np.int64), minlength=self.shape[1])

    @cached_property
    def must(self) -> Bools:
        """Mentors whose group exists already."""
        return np.asarray(self.fixed_sizes > 0)

    @cached_property
    def least(self) -> Integers:
        """Free mentees that a group needs at least."""
        smallest = np.zeros(self.shape[1], dtype=np.int64) if self.task.minimum is None else self.task.minimum
        return np.asarray(np.maximum(smallest - self.fixed_sizes, np.where(self.must, 0, 1)))

    @cached_property
    def places(self) -> Integers:
        """Free mentees that a group can take; none where it could not reach its smallest size."""
        return np.where(self.task.places < self.least, 0, self.task.places)

    @cached_property
    def mentee_slots(self) -> Bools:
        """Mentees × slots."""
        given = self.task.mentee_slots
        return np.ones((self.shape[0], 1), dtype=bool) if given is None else given

    @cached_property
    def mentor_slots(self) -> Bools:
        """Mentors × slots, of mentors with fixed mentees only the slots that these share."""
        given = self.task.mentor_slots
        slots = np.ones((self.shape[1], 1), dtype=bool) if given is None else given.copy()
        for mentee, mentor in self.task.fixed.items():
            slots[mentor] &= self.mentee_slots[mentee]
        return slots

    @cached_property
    def reachable(self) -> Bools:
        """Free mentees who share a slot with a mentor to whom they may go."""
        found = np.zeros(self.shape[0], dtype=bool)
        theirs = self.mentee_slots.astype(np.float32)
        for start in range(0, self.shape[1], BLOCK):
            block = slice(start, start + BLOCK)
            shared = products(self.mentor_slots[block].astype(np.float32), theirs) > 0
            found |= (self.columns(block)[1] & shared).any(0)
        return found

    def columns(self, mentors: slice) -> tuple[Integers, Bools]:
        """Return the worth and the open pairs of some mentors, mentors × mentees."""
        task = self.task
        points = task.base[:, mentors].T.astype(np.int64)
        if task.present is not None:
            names = np.arange(self.shape[1])[mentors]
            moved = (task.present != LEFT_OVER) & (task.present != names[:, None])
            points -= moved * task.penalty
        is_open = task.allowed[:, mentors].T & task.free & (self.places[mentors] > 0)[:, None]
        if task.floor is not None:
            is_open &= points >= task.floor
        return (np.full_like(points, UNIT) if self.counting else points), is_open

    def points_at(self, mentees: Integers, mentors: Integers) -> Integers:
        """Return the worth of single pairs."""
        return np.full(len(mentees), UNIT) if self.counting else self.task.points_at(mentees, mentors)

    def slots_of(self, chosen: Integers, mentor_of: Integers) -> Integers | None:
        """Return the answer's slots: the chosen ones of the groups, of groups without free mentees the first one."""
        if self.task.mentor_slots is None:
            return None
        used = np.bincount(mentor_of[mentor_of != LEFT_OVER], minlength=self.shape[1]) > 0
        first = self.mentor_slots.argmax(1) if self.mentor_slots.shape[1] else NO_SLOT
        return np.where(used, np.where(chosen == NO_SLOT, first, chosen), NO_SLOT)
