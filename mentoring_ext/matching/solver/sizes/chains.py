"""Place more mentees by moving others on: a chain from somebody left over to a mentor with a place.

Sizes of groups on the way stay as they are, only the last one grows; so at most one small group comes with each mentee
who is placed. Mentors with a group come before those without. Groups keep their slots.
"""

from dataclasses import dataclass

import numpy as np

from mentoring_ext.matching.encoding import products
from mentoring_ext.matching.facts import Bools, Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER, NO_SLOT
from mentoring_ext.matching.solver.groups.pool import Pool
from mentoring_ext.matching.solver.watch import Watch


@dataclass(frozen=True, eq=False)
class Pairs:
    """The mentor of each mentee, fixed ones too, and the slot of each mentor's group (−1: none)."""

    mentor_of: Integers
    slots: Integers


def placing_more(pool: Pool, pairs: Pairs, watch: Watch) -> Pairs:
    """Return pairs in which as many more are placed as chains can place."""
    mentor_of, slots = pairs.mentor_of.copy(), pairs.slots.copy()
    for mentee in np.flatnonzero(pool.task.free & (mentor_of == LEFT_OVER)):
        if watch.is_over:
            break
        _place(pool, mentor_of, slots, int(mentee))
    return Pairs(mentor_of, slots)


def _place(pool: Pool, mentor_of: Integers, slots: Integers, mentee: int) -> None:
    """Place a mentee by the shortest chain, if there is one."""
    sizes = np.bincount(mentor_of[mentor_of != LEFT_OVER], minlength=pool.shape[1])
    has_group = (sizes > 0) & (sizes < pool.task.capacity)
    is_new = (sizes == 0) & (pool.places > 0) & (pool.least <= 1)
    came, who = _reached(pool, mentor_of, slots, sizes > 0, mentee)
    ends = np.flatnonzero((who != LEFT_OVER) & has_group)
    if not len(ends):
        ends = np.flatnonzero((who != LEFT_OVER) & is_new)
    if not len(ends):
        return
    points = pool.task.points_at(who[ends], ends)
    at: int | None = int(ends[np.lexsort((ends, -points, came[ends]))[0]])
    while at is not None:
        arriving = int(who[at])
        left = int(mentor_of[arriving])
        mentor_of[arriving] = at
        if slots[at] == NO_SLOT:
            slots[at] = int((pool.mentor_slots[at] & pool.mentee_slots[arriving]).argmax())
        at = None if arriving == mentee else left


def _reached(pool: Pool, mentor_of: Integers, slots: Integers, used: Bools, mentee: int) -> tuple[Integers, Integers]:
    """Return after how many moves each mentor is reached, and by whom (−1: never)."""
    step = np.zeros(pool.shape[1], dtype=np.int64)
    who = np.full(pool.shape[1], LEFT_OVER, dtype=np.int64)
    fresh, moves = np.array([mentee]), 0
    while len(fresh):
        moves += 1
        open_pairs = _open(pool, slots, used, fresh) & (who == LEFT_OVER)
        reached = np.flatnonzero(open_pairs.any(0))
        who[reached] = fresh[open_pairs[:, reached].argmax(0)]
        step[reached] = moves
        fresh = np.flatnonzero(pool.task.free & np.isin(mentor_of, reached[used[reached]]))
    return step, who


def _open(pool: Pool, slots: Integers, used: Bools, mentees: Integers) -> Bools:
    """Return to which mentors' groups, or to whom without a group, some mentees could go."""
    open_pairs = pool.task.tile(mentees)[1] & (pool.places > 0)
    if pool.task.mentor_slots is None:
        return open_pairs
    theirs = pool.mentee_slots[mentees]
    in_group = theirs[:, np.maximum(slots, 0)] & (slots != NO_SLOT)
    shared = products(theirs.astype(np.float32), pool.mentor_slots.astype(np.float32)) > 0
    return open_pairs & np.where(used & (slots != NO_SLOT), in_group, shared)
