"""Sharper shares: of any three people, at most one group can hold two of them.

Shares of groups can break this (a half of each of three groups), whole choices cannot. Each round adds the lines that
are broken most, solves the shares anew, and leaves out the groups that cost the bound too much for a better answer.
*Source:* Jepsen, Petersen, Spoorendonk, Pisinger, "Subset-row inequalities applied to the vehicle-routing problem with
time windows" (2008); mentors count as people here, too.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from mentoring_ext.matching.facts import Floats, Integers
from mentoring_ext.matching.solver.groups.columns import Columns
from mentoring_ext.matching.solver.groups.master import NoShares, Rules, Shares, share_out
from mentoring_ext.matching.solver.watch import Watch

ROUNDS = 12
AT_ONCE = 60
BROKEN = 0.02
SLACK = 1.0
WHOLE = 1e-5
NONE = np.zeros(0, dtype=np.int64)
ACTIVE = 3_000
"""Groups that are shared out at first, and that are added at once."""


@dataclass(frozen=True, eq=False)
class Sharpened:
    """The groups that a better answer may have, what the bound loses about with each, their shares, and the cuts."""

    columns: Columns
    shortfall: Floats
    shares: Floats
    triples: Integers

    @classmethod
    def of(cls, columns: Columns, shortfall: Floats | None = None) -> "Sharpened":
        """Return groups of which nothing is known yet but perhaps what the bound loses with each."""
        nothing = np.zeros(len(columns))
        return cls(columns, nothing if shortfall is None else shortfall, nothing, np.zeros((0, 3), dtype=np.int64))

    def only(self, chosen: NDArray[np.generic]) -> "Sharpened":
        """Return some of the groups."""
        return Sharpened(self.columns.only(chosen), self.shortfall[chosen], self.shares[chosen], self.triples)

    def nearest(self, most: int) -> Columns:
        """Return so many groups with which the bound loses least."""
        return self.columns.only(np.sort(np.argsort(self.shortfall, kind="stable")[:most]))


def sharpen(known: Sharpened, rules: Rules, lowest: int, watch: Watch) -> Sharpened:
    """Return the groups of answers with a total above ``lowest``, less those that cuts rule out."""
    for _ in range(ROUNDS):
        cuts = lines_of(known.columns, known.triples)
        try:
            shared = None if watch.is_over else _share_all(known, rules, cuts)
        except NoShares:
            return known.only(NONE)
        if shared is None:
            return Sharpened.of(known.columns, known.shortfall)
        if shared.bound < lowest + 0.5:
            return known.only(NONE)
        kept = shared.shortfall <= shared.bound - lowest + SLACK
        broken = broken_triples(known.columns, shared.shares)
        triples = np.concatenate([known.triples[shared.cuts > WHOLE], broken])
        known = Sharpened(known.columns.only(kept), shared.shortfall[kept], shared.shares[kept], triples)
        if not len(broken):
            break
    return known


@dataclass(frozen=True, eq=False)
class _Shared:
    """The bound of the shares, each group's share and what the bound loses with it, and the prices of the cuts."""

    bound: float
    shares: Floats
    shortfall: Floats
    cuts: Floats


def _share_all(known: Sharpened, rules: Rules, cuts: csr_array) -> _Shared | None:
    """Share out the groups with which the bound loses least, and others as soon as they would be better."""
    columns = known.columns
    active = np.zeros(len(columns), dtype=bool)
    active[np.argsort(known.shortfall, kind="stable")[:ACTIVE]] = True
    while True:
        try:
            shares = share_out(columns.only(active), rules, csr_array(cuts[:, active]))
        except NoShares:
            if active.all():
                raise
            active[:] = True
            continue
        if shares is None:
            return None
        short = _shortfall(columns, rules, shares, cuts)
        missing = np.flatnonzero((short < -WHOLE) & ~active)
        if not len(missing):
            break
        active[missing[np.argsort(short[missing], kind="stable")[:ACTIVE]]] = True
    whole = np.zeros(len(columns))
    whole[active] = shares.shares
    excess = np.zeros(columns.pool.shape[1])
    np.maximum.at(excess, columns.mentors, -short)
    return _Shared(shares.total + float(excess.sum()), whole, short, shares.cuts)


def lines_of(columns: Columns, triples: Integers) -> csr_array:
    """Return which groups hold two or more of each triple."""
    table = columns.incidence()
    size = len(triples), table.shape[0]
    chosen = csr_array((np.ones(triples.size), (np.repeat(np.arange(size[0]), 3), triples.ravel())), shape=size)
    held = csr_array(chosen @ table)
    held.data = np.where(held.data > 1.5, 1.0, 0.0)
    held.eliminate_zeros()
    return held


def broken_triples(columns: Columns, shares: Floats) -> Integers:
    """Return the triples (mentees, then mentors) whose line the shares break most, sorted."""
    inside = np.flatnonzero((shares > WHOLE) & (shares < 1 - WHOLE))
    table = columns.only(inside).incidence()
    people = np.flatnonzero(np.diff(table.indptr))
    held = table[people].toarray()
    weighed = held * shares[inside]
    both = weighed @ held.T
    found: list[tuple[float, int, int, int]] = []
    for first in range(len(people)):
        near = first + 1 + np.flatnonzero(both[first, first + 1 :] > 0)
        others = np.arange(first + 1, len(people))
        with_first = held[:, held[first] > 0]
        triple = (with_first[near] * shares[inside][held[first] > 0]) @ with_first[others].T
        sums = both[first, near][:, None] + both[first, others] + both[np.ix_(near, others)] - 2 * triple
        sums[near[:, None] == others] = 0
        for row, column in zip(*np.nonzero(sums > 1 + BROKEN), strict=True):
            second, third = sorted((int(people[near[row]]), int(people[others[column]])))
            found.append((-float(sums[row, column]), int(people[first]), second, third))
    chosen = sorted(set(found))[:AT_ONCE]
    return np.array([triple[1:] for triple in chosen], dtype=np.int64).reshape(len(chosen), 3)


def _shortfall(columns: Columns, rules: Rules, shares: Shares, cuts: csr_array) -> Floats:
    """Return what the bound loses at least with each group; the mentors' prices are a part of it."""
    everyone = np.concatenate([shares.prices, shares.mentors])
    cost: Floats = columns.incidence().T @ everyone - shares.premium * columns.sizes + cuts.T @ shares.cuts
    return cost - columns.points
