"""The best flow over a list of pairs: ortools where it is installed, else SciPy; both exact and deterministic.

The two may return different pairs of the same count and total. The order of the pairs decides between equals.
"""

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow, min_weight_full_bipartite_matching

from mentoring_ext.matching.facts import Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER
from mentoring_ext.matching.solver.network import cheapest_flow


@dataclass(frozen=True, eq=False)
class Arcs:
    """Some open pairs and their points, mentee after mentee."""

    mentees: Integers
    mentors: Integers
    points: Integers

    def __len__(self) -> int:
        return len(self.mentees)

    def only(self, chosen: NDArray[Any]) -> "Arcs":
        """Return some of the pairs."""
        return Arcs(self.mentees[chosen], self.mentors[chosen], self.points[chosen])


def best_flow(arcs: Arcs, people: int, places: Integers) -> Integers:
    """Return the mentor of each of ``people`` mentees (−1: none): most placed over ``arcs``, then most points."""
    if not len(arcs):
        return np.full(people, LEFT_OVER, dtype=np.int64)
    return _by_ortools(arcs, people, places) if has_ortools() else _by_scipy(arcs, people, places)


def has_ortools() -> bool:
    """Return whether ortools is installed (the extra ``large``)."""
    return find_spec("ortools") is not None


def fullest_flow(arcs: Arcs, people: int, places: Integers) -> Integers:
    """Return the mentor of each mentee (−1: none) so that as many as can be are placed over ``arcs``."""
    mentors, source, sink = len(places), people + len(places), people + len(places) + 1
    starts = np.concatenate([arcs.mentees, np.full(people, source), people + np.arange(mentors)])
    ends = np.concatenate([people + arcs.mentors, np.arange(people), np.full(mentors, sink)])
    room = np.concatenate([np.ones(len(arcs) + people, dtype=np.int64), places]).astype(np.int32)
    flow = maximum_flow(csr_array((room, (starts, ends)), shape=(sink + 1, sink + 1)), source, sink).flow.tocoo()
    used = (flow.data > 0) & (flow.row < people)
    placed = np.full(people, LEFT_OVER, dtype=np.int64)
    placed[flow.row[used]] = flow.col[used] - people
    return placed


def _by_ortools(arcs: Arcs, people: int, places: Integers) -> Integers:
    """From the mentees to the mentors: the most that can flow, at the lowest cost."""
    supplies = np.concatenate([np.ones(people, dtype=np.int64), -places])
    ones = np.ones(len(arcs), dtype=np.int64)
    flow = cheapest_flow([arcs.mentees], [people + arcs.mentors], [ones], [-arcs.points], supplies, most=True)
    used = flow > 0
    placed = np.full(people, LEFT_OVER, dtype=np.int64)
    placed[arcs.mentees[used]] = arcs.mentors[used]
    return placed


def _by_scipy(arcs: Arcs, people: int, places: Integers) -> Integers:
    """Every place is a column of its own, and everybody has one more for being left over, dearer than all changes."""
    wanted = np.minimum(places, np.bincount(arcs.mentors, minlength=len(places)))
    first = np.cumsum(wanted) - wanted
    copies = wanted[arcs.mentors]
    number = np.repeat(np.arange(len(arcs)), copies)
    place = np.arange(len(number)) - np.repeat(np.cumsum(copies) - copies, copies)
    highest, lowest = int(arcs.points.max()), int(arcs.points.min())
    dearest = (highest - lowest + 1) * (min(people, int(wanted.sum())) + 2)
    rows = np.concatenate([arcs.mentees[number], np.arange(people)])
    columns = np.concatenate([first[arcs.mentors[number]] + place, int(wanted.sum()) + np.arange(people)])
    costs = np.concatenate([highest - arcs.points[number] + 1, np.full(people, dearest)])
    table = csr_array((costs.astype(float), (rows, columns)), shape=(people, int(wanted.sum()) + people))
    chosen_rows, chosen = min_weight_full_bipartite_matching(table)
    mentor_of_place = np.concatenate([np.repeat(np.arange(len(places)), wanted), np.full(people, LEFT_OVER)])
    placed = np.full(people, LEFT_OVER, dtype=np.int64)
    placed[chosen_rows] = mentor_of_place[chosen]
    return placed
