"""The choice among groups: each mentee in one, each mentor with one; in shares for prices, as a whole to decide.

HiGHS counts in floats. Its prices are only a hint (``bounds`` counts them again), and of its choice only the groups are
read.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, vstack

from mentoring_ext.matching.facts import Bools, Floats
from mentoring_ext.matching.solver.groups.columns import Columns
from mentoring_ext.matching.solver.groups.model import FOUND, IMPOSSIBLE, THOUSAND

ANY_NUMBER = 2**31 - 1


class NoShares(Exception):
    """The rules cannot be kept by shares of these groups."""


@dataclass(frozen=True, eq=False)
class Rules:
    """What a choice has to keep: who can be reached, how many of them are placed (None: any), who must have a group."""

    reachable: Bools
    bound_to: Bools
    count: int | None

    @property
    def spare(self) -> int | None:
        """How many of those who can be reached are left over."""
        return None if self.count is None else int(self.reachable.sum()) - self.count


@dataclass(frozen=True, eq=False)
class Shares:
    """The best shares of groups: the total, each one's share, the prices of mentees, mentors and cuts, the premium."""

    total: float
    shares: Floats
    prices: Floats
    mentors: Floats
    premium: float
    cuts: Floats


@dataclass(frozen=True, eq=False)
class Chosen:
    """The groups that HiGHS chose (None: it found no choice), the bound, and whether it came to an end."""

    columns: Columns | None
    bound: float
    finished: bool


def _lines(columns: Columns, rules: Rules, cuts: csr_array | None) -> tuple[csr_array, Floats, Floats]:
    """Return the table of the rules, and the lowest and highest sum of each line."""
    table = columns.incidence()
    people = len(rules.reachable)
    lowest = np.concatenate([np.full(people, -np.inf), np.where(rules.bound_to, 1.0, -np.inf)])
    if rules.spare == 0:
        lowest[:people][rules.reachable] = 1.0
    highest = np.ones(len(lowest))
    parts = [table]
    if rules.count is not None and rules.spare:
        parts.append(csr_array(columns.sizes[None].astype(float)))
        lowest, highest = np.append(lowest, rules.count), np.append(highest, rules.count)
    if cuts is not None and cuts.shape[0]:
        parts.append(cuts)
        lowest = np.append(lowest, np.full(cuts.shape[0], -np.inf))
        highest = np.append(highest, np.ones(cuts.shape[0]))
    return csr_array(vstack(parts)), lowest, highest


def share_out(columns: Columns, rules: Rules, cuts: csr_array | None = None) -> Shares | None:
    """Return the best shares of groups and the prices that show it; None when none were found.

    Raises ``NoShares`` when there are none.
    """
    if not len(columns):
        return None
    table, lowest, highest = _lines(columns, rules, cuts)
    equal = lowest == highest
    found = linprog(
        -columns.points / THOUSAND,
        A_ub=table[~equal],
        b_ub=highest[~equal],
        A_eq=table[equal] if equal.any() else None,
        b_eq=highest[equal] if equal.any() else None,
        bounds=(0, None),
        method="highs-ipm",
    )
    if found.status == IMPOSSIBLE:
        raise NoShares
    if found.status != FOUND or found.fun is None or found.x is None:
        return None
    prices = np.zeros(len(equal))
    prices[~equal] = -found.ineqlin.marginals * THOUSAND
    prices[equal] = -found.eqlin.marginals * THOUSAND
    people, both = len(rules.reachable), len(rules.reachable) + len(rules.bound_to)
    has_premium = rules.count is not None and bool(rules.spare)
    return Shares(
        total=-found.fun * THOUSAND,
        shares=found.x,
        prices=prices[:people],
        mentors=prices[people:both],
        premium=-float(prices[both]) if has_premium else 0.0,
        cuts=prices[both + has_premium :],
    )


def choose(columns: Columns, rules: Rules, seconds: float, nodes: int = ANY_NUMBER) -> Chosen:
    """Return the best choice of groups, looked for during so many seconds, or in so many ``nodes``, at most."""
    if not len(columns):
        needed = bool(rules.count) or bool(rules.bound_to.any())
        return Chosen(None if needed else columns, 0.0, finished=True)
    table, lowest, highest = _lines(columns, rules, None)
    found = milp(
        -columns.points / THOUSAND,
        constraints=LinearConstraint(table, lowest, highest),
        integrality=np.ones(len(columns), dtype=np.int64),
        bounds=Bounds(0, 1),
        options={"time_limit": max(seconds, 0.1), "mip_rel_gap": 0.0, "node_limit": nodes},
    )
    bound = np.inf if found.mip_dual_bound is None else -found.mip_dual_bound * THOUSAND
    if found.x is None:
        return Chosen(None, bound, finished=found.status == IMPOSSIBLE)
    return Chosen(columns.only(found.x > 0.5), bound, finished=found.status == FOUND)
