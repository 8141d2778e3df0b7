"""Whether telling fewer free hours wins a better place. Nothing here imports Django.

Some people no longer tell all the hours that they told before. The pairing is solved again with all of these, once for
all of them together and, where they are few, for each one alone. The two places of a person are compared by the scores
with all hours: of a mentee the score with the mentor, of a mentor the mean over the group; no place is the worst. Where
the pairs of the run are a best answer to the other question, too, nobody's place came from the fewer hours.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from mentoring_ext.matching.factors import ONE
from mentoring_ext.matching.facts import Facts
from mentoring_ext.matching.kept import Hours, RunInput
from mentoring_ext.matching.solver import LEFT_OVER, Assignment
from mentoring_ext.matching.solving import Progress, Tables, alone_in, solve, tables_for

BETTER, SAME, WORSE = "better", "same", "worse"
MENTEES, MENTORS = "mentees", "mentors"
NO_PLACE = -1.0
FEW = 10
"""So many people at most are also looked at each alone."""

Person = tuple[str, int]
"""One of the two sides and a key."""


@dataclass(frozen=True)
class Consequence:
    """What came of fewer hours for one person: ``alone`` and ``together`` with all others who tell fewer.

    ``alone`` is None where only all together were looked at.
    """

    side: str
    key: int
    together: str
    alone: str | None

    @property
    def shown(self) -> str:
        """What the person's own hours did, as far as that is known."""
        return self.alone or self.together


@dataclass(frozen=True)
class Honesty:
    """What came of fewer hours for everybody who tells fewer than before.

    ``placed`` and ``total`` (millionths) are those with all hours of all of them. ``is_exact`` is false where one of
    the answers is not proven the best, so that the places may differ for that.
    """

    people: list[Consequence]
    placed: int = 0
    total: int = 0
    is_exact: bool = True

    def count(self, outcome: str) -> int:
        """Return for how many people it came out so."""
        return sum(person.shown == outcome for person in self.people)

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values; the numbers stay when somebody's row goes."""
        return {
            "number": len(self.people),
            **{outcome: self.count(outcome) for outcome in (BETTER, SAME, WORSE)},
            "placed": self.placed,
            "total": self.total,
            "exact": self.is_exact,
            "people": [[person.side, person.key, person.together, person.alone] for person in self.people],
        }


def people_with_fewer(given: RunInput) -> list[Person]:
    """Return those who no longer tell all hours that they told before."""
    return [(MENTEES, key) for key in sorted(given.before.mentees)] + [
        (MENTORS, key) for key in sorted(given.before.mentors)
    ]


def measure(
    given: RunInput,
    answer: Assignment,
    *,
    alone: bool,
    progress: Progress | None = None,
    seconds: float | None = None,
) -> Honesty:
    """Solve again with the hours that people told before and compare the places with those of ``answer``.

    ``alone`` also looks at each person alone, where they are ``FEW``. ``seconds`` is the time limit of all searches.
    The tables with all hours are as large as those of the run: whoever measures a large run lets go of its own first.
    """
    people = people_with_fewer(given)
    if not people:
        return Honesty([], len(given.sides.mentees) - len(answer.left_over), round(answer.total * ONE))
    ones = people if alone and 1 < len(people) <= FEW else []
    each = None if seconds is None else seconds / (1 + len(ones))
    all_told = _Told(given, answer, people, each, progress)
    own = {person: _Told(given, answer, [person], each, progress) for person in ones}
    if len(people) == 1:
        own = {people[0]: all_told}
    outcomes = [
        Consequence(*person, all_told.outcome(person), own[person].outcome(person) if person in own else None)
        for person in people
    ]
    exact = answer.optimal and all(told.told.optimal for told in (all_told, *own.values()))
    return Honesty(outcomes, all_told.placed, all_told.total, exact)


class _Told:
    """The pairing with the full hours of some people, beside the pairs that came out of what they tell now."""

    def __init__(
        self,
        given: RunInput,
        answer: Assignment,
        people: Collection[Person],
        seconds: float | None,
        progress: Progress | None,
    ) -> None:
        self.given = with_full_hours(given, people)
        self.tables, self.told = solve(self.given, tables=tables_for(self.given), progress=progress, seconds=seconds)
        self.now = answer

    @property
    def placed(self) -> int:
        """How many mentees have a place."""
        return len(self.tables.mentees) - len(self.told.left_over)

    @property
    def total(self) -> int:
        """The total with all hours, in millionths."""
        return _total(self.tables, self.told)

    def outcome(self, person: Person) -> str:
        """Return what fewer hours did for this person."""
        if self.nothing_came_of_it:
            return SAME
        now, told = self._place(person, self.now), self._place(person, self.told)
        return SAME if now == told else BETTER if now > told else WORSE

    @cached_property
    def nothing_came_of_it(self) -> bool:
        """Whether the pairs of the run are as good an answer with all hours."""
        return self._worth(self.now) == self._worth(self.told)

    def _worth(self, answer: Assignment) -> tuple[int, int, int, int]:
        scores = list(_scores(self.tables, answer))
        floor = min(scores, default=0) if self.given.options.objective == "fair" else 0
        alone = int(alone_in(self.tables, answer.mentor_of).sum()) if self.given.options.avoid_alone else 0
        return len(scores), -alone, floor, sum(scores)

    def _place(self, person: Person, answer: Assignment) -> float:
        side, key = person
        if side == MENTEES:
            row = self.tables.row(key)
            rows = np.array([row] if answer.mentor_of[row] != LEFT_OVER else [], dtype=np.int64)
        else:
            rows = np.flatnonzero(answer.mentor_of == self.tables.column(key))
        return float(self.tables.scores[rows, answer.mentor_of[rows]].mean()) if len(rows) else NO_PLACE


def with_full_hours(given: RunInput, people: Collection[Person]) -> RunInput:
    """Return the input in which these people tell all hours that they ever told."""

    chosen = set(people)

    def adapted(side: str, facts: list[Facts], before: Hours) -> list[Facts]:
        return [
            replace(person, hours=person.hours | before[person.key]) if (side, person.key) in chosen else person
            for person in facts
        ]

    sides = replace(
        given.sides,
        mentees=adapted(MENTEES, list(given.sides.mentees), given.before.mentees),
        mentors=adapted(MENTORS, list(given.sides.mentors), given.before.mentors),
    )
    return replace(given, sides=sides)


def _total(tables: Tables, answer: Assignment) -> int:
    return sum(_scores(tables, answer))


def _scores(tables: Tables, answer: Assignment) -> Iterator[int]:
    rows = np.flatnonzero(answer.mentor_of != LEFT_OVER)
    return map(int, tables.scores[rows, answer.mentor_of[rows]])
