"""Who is left over and why, and which small changes would help: each is solved before it is said."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from mentoring_ext.matching.changes.change import Help, SmallChange, changed
from mentoring_ext.matching.changes.finding import Ground, both_for, hours_for, options_for, places_for, ways_for
from mentoring_ext.matching.explain import Crowd, crowds
from mentoring_ext.matching.kept import RunInput
from mentoring_ext.matching.outcomes import Outcome, answer_if_any, compare
from mentoring_ext.matching.solver import Assignment
from mentoring_ext.matching.solving import Progress, Tables

TRIED = 8
"""So many changes of a kind are tried for a crowd, the likeliest first."""
SHOWN = 4
"""So many of a kind are kept for a crowd."""


@dataclass(frozen=True)
class Waiting:
    """Keys of mentees who are left over together: ``competing`` mentees can only go to ``mentors`` with ``places``."""

    left: tuple[int, ...]
    competing: int
    mentors: tuple[int, ...]
    places: int


@dataclass(frozen=True)
class Advice:
    """Everybody who is left over, and what would help; ``complete`` is false where time ended the search."""

    waiting: list[Waiting] = field(default_factory=list)
    helps: list[Help] = field(default_factory=list)
    complete: bool = True


def advice_for(
    given: RunInput,
    tables: Tables,
    answer: Assignment,
    *,
    seconds: float,
    progress: Progress | None = None,
) -> Advice:
    """Return who is left over and the small changes of which solving again shows that more would be placed.

    Looks for ``seconds`` in all at most; one search for groups takes a part of them.
    """
    if not answer.left_over:
        return Advice()
    ground = Ground(given, tables, answer)
    found = sorted(crowds(tables.allowed, tables.capacity, answer.mentor_of), key=lambda crowd: -len(crowd.left))
    watch = _Watch(time.monotonic() + seconds, seconds / TRIED, progress)
    helps = _tried(ground, options_for(ground), answer.left_over, watch)
    for at, crowd in enumerate(found):
        watch.tell(at / len(found))
        for kind in (places_for, hours_for, ways_for):
            if watch.ends():
                break
            helps += _tried(ground, islice(kind(ground, crowd), TRIED), crowd.left, watch)
        if not watch.ends():
            helps += _tried(ground, islice(_only_together(ground, crowd, helps), TRIED), crowd.left, watch)
    return Advice([_waiting(tables, crowd) for crowd in found], helps, not watch.was_short)


def _only_together(ground: Ground, crowd: Crowd, helps: Sequence[Help]) -> Iterator[SmallChange]:
    """Return changes of hours and way to meet at once, for those of the crowd whom neither alone would help."""
    alone = {key for each in helps for key in (each.change.person, each.change.other) if each.change.kind != "place"}
    waiting = {ground.tables.mentees[row] for row in crowd.left} - alone
    return (change for change in both_for(ground, crowd) if waiting & {change.person, change.other})


@dataclass
class _Watch:
    """When the search has to end, and whether it left something out."""

    end: float
    each: float
    progress: Progress | None
    was_short: bool = False

    def ends(self) -> bool:
        """Return whether time is over, and keep in mind that something is left out for it."""
        self.was_short = self.was_short or time.monotonic() > self.end
        return self.was_short

    def tell(self, share: float) -> None:
        if self.progress is not None:
            self.progress("changes", share)


def _tried(ground: Ground, changes: Iterable[SmallChange], left: Iterable[int], watch: _Watch) -> list[Help]:
    """Solve with each change, and keep those that place somebody more; the fewest hours and the most placed first."""
    keys = tuple(ground.tables.mentees[row] for row in left)
    found: list[Help] = []
    for change in changes:
        if len(found) == SHOWN or watch.ends():
            break
        outcome = _outcome(ground, change, watch.each)
        if outcome is not None and outcome.placed > 0:
            found.append(Help(change, outcome, keys))
    return sorted(found, key=_rank)


def _rank(given: Help) -> tuple[int, int, bool, int, int]:
    change, outcome = given.change, given.outcome
    return len(change.hours), 1 + change.both, change.person not in given.left, -outcome.placed, -outcome.low


def _outcome(ground: Ground, change: SmallChange, seconds: float) -> Outcome | None:
    given, tables = changed(ground.given, ground.tables, change)
    after = answer_if_any(given, tables, seconds=seconds)
    return None if after is None else compare(tables, ground.answer, after)


def _waiting(tables: Tables, crowd: Crowd) -> Waiting:
    left = tuple(tables.mentees[row] for row in crowd.left)
    mentors = tuple(tables.mentors[column] for column in crowd.mentors)
    return Waiting(left, len(crowd.mentees), mentors, crowd.places)


def as_kept(advice: Advice) -> dict[str, Any]:
    """Return the advice as plain data for JSON, with keys of people and nothing that they told but hours."""
    return asdict(advice)


def as_read(kept: Mapping[str, Any]) -> Advice:
    """Return the advice out of what ``as_kept`` returned; nothing kept gives an empty one."""
    return Advice(
        [
            Waiting(**{**each, "left": tuple(each["left"]), "mentors": tuple(each["mentors"])})
            for each in kept.get("waiting", [])
        ],
        [_help(each) for each in kept.get("helps", [])],
        kept.get("complete", True),
    )


def _help(kept: Mapping[str, Any]) -> Help:
    change = SmallChange(**{**kept["change"], "hours": tuple(kept["change"]["hours"])})
    outcome = Outcome(**{**kept["outcome"], "weakest": tuple(kept["outcome"]["weakest"])})
    return Help(change, outcome, tuple(kept["left"]))
