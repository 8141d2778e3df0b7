"""The fair objective's first half: the highest floor, which is the worst score that somebody placed has.

A binary search for the highest floor at which as many are placed as without one. Where a floor is too high, a Hall set
among the pairs that are left says so; the pairs in which it is looked for grow until it holds in the whole table.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from mentoring_ext.matching.facts import Bools, Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER
from mentoring_ext.matching.solver.duals import crowd_among
from mentoring_ext.matching.solver.flow import fullest_flow
from mentoring_ext.matching.solver.pruning import Keys, arcs_of, joined, most_wanted, outside
from mentoring_ext.matching.solver.task import Task
from mentoring_ext.matching.solver.watch import Watch

FIRST = 12
MORE = 8


@dataclass(frozen=True, eq=False)
class Floor:
    """The highest floor in points (None: nobody is placed), and the Hall set that shows that none is higher.

    The Hall set is empty where a fixed pair is the worst.
    """

    points: int | None
    crowd: Bools
    places: Bools


def highest_floor(task: Task, placed: Integers, watch: Watch) -> Floor:
    """Return the highest floor at which as many free mentees can be placed as in ``placed``, which places the most."""
    people, mentors = task.shape
    nobody, nowhere = np.zeros(people, dtype=bool), np.zeros(mentors, dtype=bool)
    of_fixed = int(task.fixed_points.min()) if task.fixed else None
    if not (placed != LEFT_OVER).any():
        return Floor(of_fixed, nobody, nowhere)
    search = _Search(task, placed, most_wanted(task, np.zeros(mentors, dtype=np.int64), FIRST))
    if of_fixed is not None and search.reaches(of_fixed):
        return Floor(of_fixed, nobody, nowhere)
    if of_fixed is None:
        search.fails(int(max(points.max(initial=0) for _, points, _ in task.tiles())) + 1, task.free, nowhere)
    while search.low + 1 < search.high:
        watch.tell("floor", 0.5)
        search.reaches((search.low + search.high) // 2)
    return Floor(search.low, search.crowd, search.places)


@dataclass(eq=False)
class _Search:
    """What is known so far: ``low`` can be reached, ``high`` cannot for the reason of ``crowd`` and ``places``."""

    task: Task
    placed: Integers
    keys: Keys
    low: int = field(init=False)
    high: int = field(init=False)
    crowd: Bools = field(init=False)
    places: Bools = field(init=False)

    def __post_init__(self) -> None:
        self.low = self._worst(self.placed)

    def reaches(self, floor: int) -> bool:
        """Find out whether as many can be placed with this floor, and remember it."""
        if floor <= self.low:
            return True
        floored = replace(self.task, floor=floor)
        while True:
            arcs = arcs_of(self.task, self.keys)
            arcs = arcs.only(arcs.points >= floor)
            placed = fullest_flow(arcs, len(self.placed), self.task.places)
            if np.count_nonzero(placed != LEFT_OVER) == np.count_nonzero(self.placed != LEFT_OVER):
                self.low = self._worst(placed)
                return True
            crowd, places = crowd_among(arcs, placed, self.task.free, len(self.task.places))
            more = outside(floored, crowd, places, MORE)
            if not len(more):
                self.fails(floor, crowd, places)
                return False
            self.keys = joined(self.keys, more)

    def fails(self, floor: int, crowd: Bools, places: Bools) -> None:
        """Remember a floor that is too high, and the Hall set that shows it."""
        self.high, self.crowd, self.places = floor, crowd, places

    def _worst(self, placed: Integers) -> int:
        rows = np.flatnonzero(placed != LEFT_OVER)
        return int(self.task.points_at(rows, placed[rows]).min())
