"""The exact search with HiGHS: which mentors have a group, which a small one, and whom.

The lines are the rows of the firm and of the tiny task (see ``sized``): a line is a mentor, a slot, and a smallest and
a largest size. HiGHS counts in floats, so its answer is only read as pairs, and added up again in whole numbers.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from mentoring_ext.matching.facts import Bools, Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER, NO_SLOT
from mentoring_ext.matching.solver.groups.model import FOUND, IMPOSSIBLE, THOUSAND, losses
from mentoring_ext.matching.solver.groups.rows import Rows
from mentoring_ext.matching.solver.sizes.chains import Pairs
from mentoring_ext.matching.solver.sizes.sized import Gained, Sized


@dataclass(frozen=True, eq=False)
class Lines:
    """Lines and the pairs that stand in them; ``line`` counts within them."""

    mentors: Integers
    slots: Integers
    least: Integers
    most: Integers
    small: Bools
    line: Integers
    mentees: Integers
    points: Integers

    @classmethod
    def of(cls, sized: Sized) -> "Lines":
        """Return all lines; the rows of the tasks have to be complete."""
        return _joined(sized, [_everything(Rows.of(pool)) for pool in (sized.firm, sized.tiny)])

    @classmethod
    def within(cls, sized: Sized, gained: Gained, net: Integers, limit: int, gap: int) -> "Lines":
        """Return the lines and pairs that can be in an answer at most ``gap`` below the bound of the prices."""
        fee = gained.fee(limit)
        small = np.where(gained.forced | sized.choice, gained.tiny - fee, gained.firm)
        gains = np.where(gained.forced, small, np.maximum(gained.firm, small))
        firm, tiny = Rows.of(sized.firm), Rows.of(sized.tiny)
        kept = [losses(firm, net, gains) <= gap, losses(tiny, net, gains + fee) <= gap]
        return _joined(sized, [(rows, chosen) for rows, chosen in zip((firm, tiny), kept, strict=True)])


@dataclass(frozen=True, eq=False)
class Found:
    """What HiGHS found (None: nothing), whether that is the end of the search, and the bound it knows."""

    pairs: Pairs | None
    finished: bool
    bound: float


def fewest_small(sized: Sized, count: int, seconds: float) -> Found:
    """Return pairs that place ``count`` free mentees with the fewest small groups."""
    lines = Lines.of(sized)
    cost = _smallness(sized, lines)
    return _search(sized, lines, cost, count, None, seconds)


def highest_total(sized: Sized, lines: Lines, count: int, limit: int, seconds: float) -> Found:
    """Return pairs that place ``count`` free mentees, have few small groups, and the highest total."""
    cost = np.concatenate([-lines.points / THOUSAND, np.zeros(len(lines.mentors))])
    return _search(sized, lines, cost, count, limit, seconds)


def _everything(rows: Rows) -> tuple[Rows, Bools]:
    return rows, np.ones(len(rows.mentees), dtype=bool)


def _joined(sized: Sized, parts: list[tuple[Rows, Bools]]) -> Lines:
    (firm, in_firm), (tiny, in_tiny) = parts
    both = ((firm, in_firm, 0), (tiny, in_tiny, len(firm)))
    mentors = np.concatenate([firm.mentors, tiny.mentors])
    small = np.arange(len(mentors)) >= len(firm)
    return Lines(
        mentors=mentors,
        slots=np.concatenate([firm.slots, tiny.slots]),
        least=np.maximum(np.concatenate([rows.pool.least[rows.mentors] for rows, _, _ in both]), 1),
        most=np.concatenate([rows.pool.places[rows.mentors] for rows, _, _ in both]),
        small=small,
        line=np.concatenate([rows.row_of[chosen] + first for rows, chosen, first in both]),
        mentees=np.concatenate([rows.mentees[chosen] for rows, chosen, _ in both]),
        points=np.concatenate([rows.points[chosen] for rows, chosen, _ in both]),
    )


def _waiting(sized: Sized) -> Bools:
    """Mentors with fixed mentees whose group is small unless somebody comes."""
    return np.asarray(sized.choice & sized.soft.must)


def _smallness(sized: Sized, lines: Lines) -> Integers:
    """Return what each variable adds to the number of small groups, which begins with that of ``_waiting``."""
    of_waiting = _waiting(sized)[lines.mentors]
    adds = np.where(lines.small & ~of_waiting, 1, 0) - np.where(~lines.small & of_waiting, 1, 0)
    return np.concatenate([np.zeros(len(lines.mentees), dtype=np.int64), adds])


def _search(sized: Sized, lines: Lines, cost: Integers, count: int, limit: int | None, seconds: float) -> Found:
    shares, wide = len(lines.mentees), len(lines.mentees) + len(lines.mentors)
    if not wide:
        nothing = Pairs(sized.task.with_fixed(np.full(sized.task.shape[0], LEFT_OVER)), _no_slots(sized))
        is_right = not count and not (sized.soft.must & (sized.soft.least > 0)).any()
        is_few = limit is None or int(_waiting(sized).sum()) <= limit
        return Found(nothing if is_right and is_few else None, True, 0.0)
    rules = _rules(sized, lines, count)
    if limit is not None:
        rules.append(LinearConstraint(_smallness(sized, lines)[None], -np.inf, limit - int(_waiting(sized).sum())))
    result = milp(
        cost,
        constraints=rules,
        integrality=np.ones(wide, dtype=np.int64),
        bounds=Bounds(0, 1),
        options={"time_limit": max(seconds, 0.1), "mip_rel_gap": 0.0},
    )
    bound = -np.inf if result.mip_dual_bound is None else float(result.mip_dual_bound)
    if result.x is None:
        return Found(None, result.status == IMPOSSIBLE, bound)
    return Found(_read(sized, lines, result.x[:shares] > 0.5), result.status == FOUND, bound)


def _read(sized: Sized, lines: Lines, chosen: Bools) -> Pairs:
    mentor_of = np.full(sized.task.shape[0], LEFT_OVER, dtype=np.int64)
    mentor_of[lines.mentees[chosen]] = lines.mentors[lines.line[chosen]]
    slots = _no_slots(sized)
    slots[lines.mentors[lines.line[chosen]]] = lines.slots[lines.line[chosen]]
    return Pairs(sized.task.with_fixed(mentor_of), slots)


def _no_slots(sized: Sized) -> Integers:
    return np.full(sized.task.shape[1], NO_SLOT, dtype=np.int64)


def _rules(sized: Sized, lines: Lines, count: int) -> list[LinearConstraint]:
    people, mentors = sized.task.shape
    shares, many = len(lines.mentees), len(lines.mentors)
    share, line = np.arange(shares), shares + np.arange(many)
    ones, own = np.ones(shares), np.arange(many)

    def table(height: int, *parts: tuple[NDArray[Any], Integers, NDArray[Any]]) -> csr_array:
        values, row, column = (np.concatenate(part) for part in zip(*parts, strict=True))
        return csr_array((values, (row, column)), shape=(height, shares + many))

    in_line = ones, lines.line, share
    must = (sized.soft.must & (sized.soft.least > 0)).astype(float)
    return [
        LinearConstraint(table(people, (ones, lines.mentees, share)), -np.inf, 1),
        LinearConstraint(table(mentors, (np.ones(many), lines.mentors, line)), must, 1),
        LinearConstraint(table(many, in_line, (-lines.most, own, line)), -np.inf, 0),
        LinearConstraint(table(many, in_line, (-lines.least, own, line)), 0, np.inf),
        LinearConstraint(table(shares, (ones, share, share), (-ones, share, shares + lines.line)), -np.inf, 0),
        LinearConstraint(table(1, (ones, np.zeros(shares, dtype=np.int64), share)), count, count),
    ]
