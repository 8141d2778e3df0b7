"""Who goes to whom once every mentor's slot is chosen: a flow, exact in whole numbers."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from mentoring_ext.matching.facts import Floats, Integers
from mentoring_ext.matching.solver import flow as plain
from mentoring_ext.matching.solver.answers import LEFT_OVER
from mentoring_ext.matching.solver.network import cheapest_flow

DENSE = 4_000_000
"""Cells up to which a full table is faster than a sparse one."""


@dataclass(frozen=True, eq=False)
class Arcs:
    """Pairs that are possible, sorted by mentor, each worth more than nothing."""

    mentees: Integers
    mentors: Integers
    worth: Integers
    people: int
    places: Integers
    least: Integers
    """Places of each mentor that are filled before all others where that is possible."""
    urgency: Integers
    """What filling one of these is worth besides."""


def place(arcs: Arcs) -> Integers:
    """Return the mentor of each mentee so that the sum of the worths is as high as possible."""
    columns = np.repeat(np.arange(len(arcs.places)), arcs.places)
    rank = np.arange(len(columns)) - np.repeat(arcs.places.cumsum() - arcs.places, arcs.places)
    extra = np.where(rank < arcs.least[columns], arcs.urgency[columns], 0)
    if not len(columns) or not len(arcs.mentees):
        return np.full(arcs.people, LEFT_OVER, dtype=np.int64)
    if arcs.people * len(columns) <= DENSE:
        return _place_dense(arcs, columns, extra)
    if not arcs.least.any():
        return _place_most(arcs)
    return _place_by_ortools(arcs) if plain.has_ortools() else _place_sparse(arcs, columns, extra)


def _place_most(arcs: Arcs) -> Integers:
    """Place as many as can be, which comes first anyway: quicker than by what they are worth, and never by far slower.

    Where no place is more urgent than others, the worths hold a premium for placing anybody at all.
    """
    points = arcs.worth - arcs.worth.min()
    return plain.best_flow(plain.Arcs(arcs.mentees, arcs.mentors, points), arcs.people, arcs.places)


def _place_dense(arcs: Arcs, columns: Integers, extra: Integers) -> Integers:
    table = np.zeros((arcs.people, len(arcs.places)))
    table[arcs.mentees, arcs.mentors] = arcs.worth
    wide = table[:, columns]
    wide += np.where(wide > 0, extra, 0)
    rows, chosen = linear_sum_assignment(wide, maximize=True)
    mentor_of = np.full(arcs.people, LEFT_OVER, dtype=np.int64)
    possible = wide[rows, chosen] > 0
    mentor_of[rows[possible]] = columns[chosen[possible]]
    return mentor_of


def _place_by_ortools(arcs: Arcs) -> Integers:
    """From a source through mentees and mentors to a sink, two arcs a mentor, and past them for those without."""
    mentors = len(arcs.places)
    source, sink = arcs.people + mentors, arcs.people + mentors + 1
    people, names = np.arange(arcs.people), arcs.people + np.arange(mentors)
    urgent = np.minimum(arcs.least, arcs.places)
    nothing, ones = np.zeros(arcs.people, dtype=np.int64), np.ones(arcs.people, dtype=np.int64)
    ends, past = np.full(mentors, sink), np.full(arcs.people, sink)
    supplies = np.zeros(sink + 1, dtype=np.int64)
    supplies[[source, sink]] = arcs.people, -arcs.people
    flow = cheapest_flow(
        tails=[arcs.mentees, np.full(arcs.people, source), names, names, people],
        heads=[arcs.people + arcs.mentors, people, ends, ends, past],
        room=[np.ones(len(arcs.mentees), dtype=np.int64), ones, urgent, arcs.places - urgent, ones],
        costs=[-arcs.worth, nothing, -arcs.urgency, np.zeros(mentors, dtype=np.int64), nothing],
        supplies=supplies,
    )
    used = flow[: len(arcs.mentees)] > 0
    mentor_of = np.full(arcs.people, LEFT_OVER, dtype=np.int64)
    mentor_of[arcs.mentees[used]] = arcs.mentors[used]
    return mentor_of


def _place_sparse(arcs: Arcs, columns: Integers, extra: Integers) -> Integers:
    """Give every place a column, and every mentee one more column for staying without."""
    sizes = arcs.places[arcs.mentors]
    first = (arcs.places.cumsum() - arcs.places)[arcs.mentors]
    rows = np.repeat(arcs.mentees, sizes)
    within = np.arange(len(rows)) - np.repeat(sizes.cumsum() - sizes, sizes)
    targets = np.repeat(first, sizes) + within
    worth = np.repeat(arcs.worth, sizes) + extra[targets]
    highest = int(worth.max()) + 1
    people = np.arange(arcs.people)
    table = csr_array(
        (
            np.concatenate([highest - worth, np.full(arcs.people, highest)]).astype(float),
            (np.concatenate([rows, people]), np.concatenate([targets, len(columns) + people])),
        ),
        shape=(arcs.people, len(columns) + arcs.people),
    )
    found, chosen = min_weight_full_bipartite_matching(table)
    mentor_of = np.full(arcs.people, LEFT_OVER, dtype=np.int64)
    is_placed = chosen < len(columns)
    mentor_of[found[is_placed]] = columns[chosen[is_placed]]
    return mentor_of


def prices_of(arcs: Arcs, mentor_of: Integers, rounds: int) -> Floats:
    """Return what each mentee keeps when every place costs what others would pay for it (Bellman–Ford)."""
    kept = np.zeros(arcs.people)
    worth = np.zeros(arcs.people)
    own = mentor_of[arcs.mentees] == arcs.mentors
    worth[arcs.mentees[own]] = arcs.worth[own]
    prices = np.zeros(len(arcs.places))
    settled = np.flatnonzero(mentor_of != LEFT_OVER)
    firsts = np.flatnonzero(np.diff(arcs.mentors, prepend=-1))
    for _ in range(rounds):
        kept[settled] = worth[settled] - prices[mentor_of[settled]]
        offers = np.maximum.reduceat(arcs.worth - kept[arcs.mentees], firsts)
        raised = np.maximum(prices[arcs.mentors[firsts]], offers)
        if (raised == prices[arcs.mentors[firsts]]).all():
            break
        prices[arcs.mentors[firsts]] = raised
    return kept
