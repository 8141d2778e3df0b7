"""From two read files to the pairs, and from kept pairs back to the proof."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from mentoring_ext.matching import rules
from mentoring_ext.matching.encoding import HOURS_OF_DAY, Bools, Integers
from mentoring_ext.matching.factors import ONE, Millionths, score
from mentoring_ext.matching.facts import Sides, Ties
from mentoring_ext.matching.rules import Possible
from mentoring_ext.matching.solver import Assignment, assign, verify
from mentoring_ext.matching.solving import company_for

LATER = ("meeting", "avoid_lone")
"""Options that earlier results do not name."""
MOST_IN_GROUP = 20_000
"""No file has more people."""


@dataclass(frozen=True)
class Options:
    """What the command was asked: sizes of groups, objective, a common slot of ``hours`` hours, and the seed.

    ``meeting`` leaves out pairs without a way to meet; ``avoid_lone`` leaves a mentee alone with a mentor of more
    places only where no other way places as many.
    """

    size: int = 3
    minimum: int = 1
    objective: Literal["total", "fair"] = "total"
    common_slot: bool = False
    hours: int = 2
    meeting: bool = False
    seed: int | None = None
    avoid_lone: bool = False

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for options that mean nothing."""
        if not 1 <= self.size <= MOST_IN_GROUP:
            raise ValueError(f"A group has from 1 to {MOST_IN_GROUP} mentees: the size cannot be {self.size}")
        if not 1 <= self.minimum <= self.size:
            raise ValueError(f"The smallest size of a group is from 1 to its size, {self.size}, and not {self.minimum}")
        if self.seed is not None and self.seed < 0:
            raise ValueError("The seed is 0 or above")
        if not 1 <= self.hours <= HOURS_OF_DAY:
            raise ValueError("A session lasts from 1 to 24 hours")
        if self.objective not in ("total", "fair"):
            raise ValueError("The objective is total or fair")

    def as_data(self) -> dict[str, Any]:
        """Return the options as plain data; those that came later only where they are asked for."""
        return {name: value for name, value in asdict(self).items() if name not in LATER or value}


def shuffled(sides: Sides, seed: int | None) -> Sides:
    """Return the people in an order that the seed gives; without a seed as they are.

    Among pairings that are equally good the order of people decides, so that a seed draws lots, the same each time.
    """
    if seed is None:
        return sides
    random = np.random.default_rng(seed)
    mentees, mentors = random.permutation(len(sides.mentees)), random.permutation(len(sides.mentors))
    return Sides([sides.mentees[at] for at in mentees], [sides.mentors[at] for at in mentors], sides.further)


@dataclass(frozen=True)
class Task:
    """The people's scores and possible pairs, and what ``assign`` and ``verify`` are given."""

    sides: Sides
    scores: Millionths
    possible: Possible
    settings: dict[str, Any]

    @classmethod
    def of(cls, sides: Sides, ties: Ties, weights: dict[str, int], options: Options) -> "Task":
        possible = rules.check(sides, hours=options.hours, meeting=options.meeting, ties=ties)
        settings: dict[str, Any] = {"objective": options.objective, "fixed": sides.fixed(ties)}
        if options.minimum > 1:
            settings["minimum"] = np.minimum(options.minimum, sides.capacity)
        if options.avoid_lone:
            settings["preferred"] = company_for(sides.capacity)
        if options.common_slot:
            settings["mentee_slots"], settings["mentor_slots"] = sides.starts(options.hours)
        return cls(sides, score(sides, weights), possible, settings)

    @property
    def input(self) -> tuple[Millionths, Bools, Integers]:
        """What ``assign`` and ``verify`` get first."""
        return self.scores, self.possible.allowed, self.sides.capacity

    def solve(self, *, seconds: float | None = None) -> Assignment:
        """Return the pairs with their proof, confirmed; raises ``Infeasible`` when fixed pairs cannot be kept."""
        answer = assign(*self.input, **self.settings, seconds=seconds)
        self.verify(answer)
        return answer

    def verify(self, answer: Assignment) -> None:
        """Confirm pairs and proof without the solver; raises ``Refused``."""
        verify(*self.input, answer, **self.settings)

    def points(self, answer: Assignment) -> tuple[int, int]:
        """Return total and bound in millionths."""
        return round(answer.total * ONE), round(answer.bound * ONE)
