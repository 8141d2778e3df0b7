"""The exact search: which row each mentor takes, and whom, as a mixed-integer model for HiGHS.

One yes-or-no variable a row and one share a row and mentee; once the rows are whole the shares are a flow, whole by
themselves. What cannot be in an answer as good as the one at hand is left out: the prices say how much the bound
falls when a mentee joins a row. HiGHS counts in floats, therefore its answer is only read as rows and pairs, and
added up again in whole numbers.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from mentoring_ext.matching.facts import Bools, Floats, Integers
from mentoring_ext.matching.solver.groups.rows import NOBODY, Rows

THOUSAND = 1000.0
FOUND, IMPOSSIBLE = 0, 2
"""How HiGHS says that a search ended."""


@dataclass(frozen=True, eq=False)
class Searched:
    """What HiGHS found: a row for each mentor, the bound in points, and whether the search came to an end.

    ``chosen`` is None when it found nothing; with ``finished`` there is nothing then.
    """

    chosen: Integers | None
    bound: float
    finished: bool


@dataclass(frozen=True, eq=False)
class Kept:
    """The rows and pairs that are in the model; ``row`` counts within ``rows``."""

    rows: Integers
    row: Integers
    mentees: Integers
    points: Integers


def losses(rows: Rows, net: Integers, gains: Integers) -> Integers:
    """Return what the bound loses at least when a row takes one of its mentees, for each pair of each row.

    ``net`` are prices less the premium, ``gains`` what the mentors gain at them, all whole numbers.
    """
    mentees, points = rows.table
    worth = np.where(mentees < rows.pool.shape[0], points - np.append(net, 0)[mentees], NOBODY)
    order = np.argsort(-worth, axis=1, kind="stable")
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.arange(worth.shape[1]), 1)
    deep = int(rows.pool.places[rows.mentors].max(initial=1))
    highest = np.take_along_axis(worth, order[:, :deep], 1)
    beside = np.stack([_beside(rows, np.delete(highest, place, axis=1)) for place in range(highest.shape[1])], 1)
    with_it = worth + np.take_along_axis(beside, np.minimum(rank, highest.shape[1] - 1), 1)
    column = np.arange(len(rows.mentees)) - rows.at[rows.row_of]
    lost = gains[rows.mentors[rows.row_of]] - with_it[rows.row_of, column]
    return np.asarray(np.minimum(lost, -NOBODY / 2).astype(np.int64))


def _beside(rows: Rows, others: Floats) -> Floats:
    """Return what the others of a group add, highest first, when one of its members is given."""
    places, least = rows.pool.places[rows.mentors][:, None], rows.pool.least[rows.mentors][:, None]
    rank = np.arange(others.shape[1])
    taken = (rank < places - 1) & ((others > 0) | (rank < least - 1))
    return np.asarray(np.where(taken, others, 0.0).sum(1))


def keep(rows: Rows, lost: Integers, gap: float) -> Kept:
    """Return the rows and pairs whose use costs the bound no more than ``gap``."""
    row_of = np.repeat(np.arange(len(rows)), np.diff(rows.at))
    chosen = lost <= gap
    used, row = np.unique(row_of[chosen], return_inverse=True)
    return Kept(used, row, rows.mentees[chosen], rows.points[chosen])


def everything(rows: Rows) -> Kept:
    """Return all rows and pairs."""
    return Kept(np.arange(len(rows)), np.repeat(np.arange(len(rows)), np.diff(rows.at)), rows.mentees, rows.points)


def only(rows: Rows, mentors: Bools) -> Kept:
    """Return all rows and pairs of some mentors."""
    whole = everything(rows)
    kept = np.flatnonzero(mentors[rows.mentors])
    inside = np.isin(whole.row, kept)
    return Kept(kept, np.searchsorted(kept, whole.row[inside]), whole.mentees[inside], whole.points[inside])


def search(rows: Rows, kept: Kept, *, count: int | None, seconds: float) -> Searched:
    """Return the rows with the highest total, of ``count`` mentees placed where that is given."""
    shares, lines = len(kept.mentees), len(kept.rows)
    if not lines:
        needed = (rows.pool.must & (rows.pool.least > 0)).any() or bool(count)
        return Searched(None if needed else np.full(rows.pool.shape[1], -1), 0.0, finished=True)
    result = milp(
        np.concatenate([-kept.points / THOUSAND, np.zeros(lines)]),
        constraints=_constraints(rows, kept, count),
        integrality=np.concatenate([np.zeros(shares), np.ones(lines)]),
        bounds=Bounds(0, 1),
        options={"time_limit": max(seconds, 0.1), "mip_rel_gap": 0.0},
    )
    bound = np.inf if result.mip_dual_bound is None else -result.mip_dual_bound * THOUSAND
    if result.x is None:
        return Searched(None, bound, finished=result.status == IMPOSSIBLE)
    chosen = np.full(rows.pool.shape[1], -1, dtype=np.int64)
    used = kept.rows[result.x[shares:] > 0.5]
    chosen[rows.mentors[used]] = used
    return Searched(chosen, bound, finished=result.status == FOUND)


def _constraints(rows: Rows, kept: Kept, count: int | None) -> list[LinearConstraint]:
    pool = rows.pool
    shares, lines = len(kept.mentees), len(kept.rows)
    mentors = rows.mentors[kept.rows]
    share, line = np.arange(shares), shares + np.arange(lines)
    ones = np.ones(shares)
    must = (pool.must & (pool.least > 0)).astype(float)
    in_row = (kept.row, share)
    wide = shares + lines

    def table(parts: list[tuple[Floats, Integers, Integers]], height: int) -> csr_array:
        values, row, column = (np.concatenate(part) for part in zip(*parts, strict=True))
        return csr_array((values, (row, column)), shape=(height, wide))

    places = pool.places[mentors].astype(float)
    found = [
        LinearConstraint(table([(ones, kept.mentees, share)], pool.shape[0]), -np.inf, 1),
        LinearConstraint(table([(np.ones(lines), mentors, line)], pool.shape[1]), must, 1),
        LinearConstraint(table([(ones, *in_row), (-places, np.arange(lines), line)], lines), -np.inf, 0),
        LinearConstraint(table([(ones, share, share), (-ones, share, shares + kept.row)], shares), -np.inf, 0),
    ]
    least = pool.least[mentors].astype(float)
    if (least > 1).any() or must.any():
        found.append(LinearConstraint(table([(ones, *in_row), (-least, np.arange(lines), line)], lines), 0, np.inf))
    if count is not None:
        found.append(LinearConstraint(table([(ones, np.zeros(shares, dtype=np.int64), share)], 1), count, count))
    return found
