"""The fair objective's first half: the highest floor, which is the worst score that somebody placed has.

A search for the highest floor at which as many are placed as without one. Where a floor is too high, a Hall set among
the pairs that are left says so, and all floors are too high that are above every pair of its crowd with other mentors.
The pairs in which it is looked for grow until it holds in the whole table.
"""

from dataclasses import dataclass, field

import numpy as np

from mentoring_ext.matching.facts import Bools, Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER
from mentoring_ext.matching.solver.duals import Prices, crowd_among
from mentoring_ext.matching.solver.flow import fullest_flow
from mentoring_ext.matching.solver.pruning import Keys, arcs_of, best_of_each, joined, outside
from mentoring_ext.matching.solver.task import Task
from mentoring_ext.matching.solver.watch import Watch

MORE = 8


@dataclass(frozen=True, eq=False)
class Floor:
    """The highest floor in points (None: nobody is placed), and the Hall set that shows that none is higher.

    The Hall set is empty where a fixed pair is the worst. ``is_kept``: the pairs that the search began with keep this
    floor. Among the pairs of ``keys`` as many can be placed with it.
    """

    points: int | None
    crowd: Bools
    places: Bools
    is_kept: bool
    keys: Keys


def highest_floor(task: Task, placed: Integers, prices: Prices, keys: Keys, watch: Watch) -> Floor:
    """Return the highest floor at which as many free mentees can be placed as in ``placed``, which places the most.

    ``prices`` hold the Hall set of those left over, ``keys`` the pairs in which ``placed`` was found.
    """
    people, mentors = task.shape
    nobody, nowhere = np.zeros(people, dtype=bool), np.zeros(mentors, dtype=bool)
    of_fixed = int(task.fixed_points.min()) if task.fixed else None
    if not (placed != LEFT_OVER).any():
        return Floor(of_fixed, nobody, nowhere, True, keys)
    search = _Search(task, placed, keys)
    first = search.low
    if of_fixed is not None and search.reaches(of_fixed):
        return Floor(of_fixed, nobody, nowhere, of_fixed <= first, search.keys)
    search.look_at_the_best_of_each(prices)
    highest_next = True
    while search.low + 1 < search.high:
        watch.tell("floor", 0.5)
        search.reaches(search.high - 1 if highest_next else (search.low + search.high) // 2)
        highest_next = not highest_next
    return Floor(search.low, search.crowd, search.places, search.low == first, search.keys)


@dataclass(eq=False)
class _Search:
    """What is known so far: ``low`` can be reached, ``high`` cannot for the reason of ``crowd`` and ``places``."""

    task: Task
    placed: Integers
    keys: Keys
    low: int = field(init=False)
    high: int = 2**31
    crowd: Bools = field(init=False)
    places: Bools = field(init=False)

    def __post_init__(self) -> None:
        self.low = self._worst(self.placed)

    def reaches(self, floor: int) -> bool:
        """Find out whether as many can be placed with this floor, and remember it."""
        if floor <= self.low:
            return True
        while True:
            arcs = arcs_of(self.task, self.keys)
            arcs = arcs.only(arcs.points >= floor)
            placed = fullest_flow(arcs, len(self.placed), self.task.places)
            if np.count_nonzero(placed != LEFT_OVER) == np.count_nonzero(self.placed != LEFT_OVER):
                self.low = self._worst(placed)
                return True
            crowd, places = crowd_among(arcs, placed, self.task.free, len(self.task.places))
            more, below = outside(self.task, crowd, places, floor, MORE)
            if not len(more):
                self.fails(below + 1, crowd, places)
                return False
            self.keys = joined(self.keys, more)

    def fails(self, floor: int, crowd: Bools, places: Bools) -> None:
        """Remember a floor that is too high, and the Hall set that shows it."""
        if floor < self.high:
            self.high, self.crowd, self.places = floor, crowd, places

    def look_at_the_best_of_each(self, prices: Prices) -> None:
        """Rule out floors by what each mentee can have at best.

        Who is not in the crowd of those left over has a place in every fullest pairing, and never one of the crowd's.
        Of the crowd as many have a place as there are places.
        """
        best = best_of_each(self.task, prices.crowd, prices.places)
        others = np.flatnonzero(self.task.free & ~prices.crowd)
        if len(others):
            worst = others[np.argmin(best[others])]
            crowd = prices.crowd.copy()
            crowd[worst] = True
            self.fails(int(best[worst]) + 1, crowd, prices.places)
        inside = np.count_nonzero(self.placed[prices.crowd] != LEFT_OVER)
        if inside:
            floor = int(np.sort(best[prices.crowd])[-inside]) + 1
            self.fails(floor, prices.crowd & (best < floor), np.zeros_like(prices.places))

    def _worst(self, placed: Integers) -> int:
        rows = np.flatnonzero(placed != LEFT_OVER)
        return int(self.task.points_at(rows, placed[rows]).min())
