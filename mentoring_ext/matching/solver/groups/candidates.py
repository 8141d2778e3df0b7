"""Pairs to look at: all in programmes of usual size, in larger ones each side's best and what prices ask for."""

from collections.abc import Sequence

import numpy as np

from mentoring_ext.matching.facts import Bools, Integers
from mentoring_ext.matching.solver.groups.bounds import BLOCK
from mentoring_ext.matching.solver.groups.pool import UNIT, Pool
from mentoring_ext.matching.solver.groups.rows import Pairs

ALL = 400_000
"""Pairs up to which all are looked at."""
BEST = 48
SHUT = np.int32(-(2**31))


def candidates(pool: Pool) -> tuple[Pairs, bool]:
    """Return the pairs to begin with, and whether these are all."""
    most = max(pool.shape) if pool.shape[0] * pool.shape[1] <= ALL else BEST
    keys = [_of_mentors(pool, slice(at, at + BLOCK), most) for at in range(0, pool.shape[1], BLOCK)]
    if most == BEST:
        keys += _of_mentees(pool, most)
    return _pairs(pool, np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *keys]))), most != BEST


def with_groups(pool: Pool, pairs: Pairs, groups: Sequence[Integers]) -> Pairs:
    """Return the pairs together with those of some groups, one of each mentor."""
    people = pool.shape[0]
    wanted = [at * people + group for at, group in enumerate(groups)]
    return _pairs(pool, np.unique(np.concatenate([pairs.mentors * people + pairs.mentees, *wanted])))


def _pairs(pool: Pool, keys: Integers) -> Pairs:
    mentors, mentees = keys // pool.shape[0], keys % pool.shape[0]
    points = np.full(len(keys), UNIT) if pool.counting else pool.task.points_at(mentees, mentors)
    return Pairs(mentees, mentors, points)


def _of_mentors(pool: Pool, mentors: slice, most: int) -> Integers:
    points, is_open = pool.columns(mentors)
    is_open &= _shares_slot(pool.mentor_slots[mentors], pool.mentee_slots)
    row, mentee = np.nonzero(_highest(np.where(is_open, points, SHUT), most))
    return np.asarray((row + mentors.start) * pool.shape[0] + mentee)


def _of_mentees(pool: Pool, most: int) -> list[Integers]:
    keys = []
    for rows, points, is_open in pool.task.tiles():
        shut = ~is_open | ~_shares_slot(pool.mentee_slots[rows], pool.mentor_slots) | (pool.places == 0)
        row, mentor = np.nonzero(_highest(np.where(shut, SHUT, points), most))
        keys.append(mentor * pool.shape[0] + row + rows.start)
    return keys


def _shares_slot(slots: Bools, others: Bools) -> Bools:
    return np.asarray(slots.astype(np.float32) @ others.T.astype(np.float32) > 0)


def _highest(points: Integers, most: int) -> Bools:
    """Return which pairs are among the highest of their row."""
    if most >= points.shape[1]:
        return np.asarray(points > SHUT)
    chosen = np.zeros(points.shape, dtype=bool)
    np.put_along_axis(chosen, np.argpartition(points, -most, axis=1)[:, -most:], values=True, axis=1)
    return chosen & (points > SHUT)
