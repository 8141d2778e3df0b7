"""One small change of a run's input, and the input with it."""

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from mentoring_ext.matching.facts import Facts
from mentoring_ext.matching.kept import Options, RunInput
from mentoring_ext.matching.outcomes import Outcome
from mentoring_ext.matching.rules import CAPACITY
from mentoring_ext.matching.solving import Tables, tables_for, with_mentee, with_mentor

Kind = Literal["place", "hours", "online", "online_hours", "option"]
WITHOUT: dict[str, dict[str, Any]] = {
    "minimum": {"minimum": 1, "avoid_alone": True},
    "common_slot": {"common_slot": False},
    "minimum+common_slot": {"minimum": 1, "avoid_alone": True, "common_slot": False},
    "meeting": {"meeting": False},
}
"""What a run may be asked no longer, and the options that say so."""


@dataclass(frozen=True)
class SmallChange:
    """What changes: one more place with a mentor, more free hours, meeting online or both, or an option of the run.

    ``person`` is the key of who changes something, a mentee or a mentor; ``other`` of whom it would be with, where it
    is one person. With ``both`` the two would meet online. ``hours`` are hours of the week; ``option`` is a name of
    ``WITHOUT``.
    """

    kind: Kind
    person: int = 0
    other: int = 0
    both: bool = False
    hours: tuple[int, ...] = ()
    option: str = ""


@dataclass(frozen=True)
class Help:
    """A change, what the best answer of the changed input comes to, and who of those left over has a mentor then.

    Whoever gets a place, ``left`` are those whom the change is for: they wait for the same places.
    """

    change: SmallChange
    outcome: Outcome
    left: tuple[int, ...]


def changed(given: RunInput, tables: Tables, change: SmallChange) -> tuple[RunInput, Tables]:
    """Return input and tables after the change."""
    if change.kind == "place":
        return given, _with_place(tables, change.person)
    if change.kind == "option":
        given = replace(given, options=without(given.options, change.option))
        return given, tables_for(given) if change.option == "meeting" else tables
    keys = (change.person, change.other) if change.both else (change.person,)
    for key in keys:
        given = _with_facts(given, key, change)
        tables = with_mentee(given, tables, key) if key in tables.mentees else with_mentor(given, tables, key)
    return given, tables


def without(options: Options, name: str) -> Options:
    """Return the options of a run that is not asked for something any longer."""
    return replace(options, **WITHOUT[name])


def _with_place(tables: Tables, mentor: int) -> Tables:
    """Give a mentor one more place; to one who had none the mentees may come whom nothing else excludes."""
    column = tables.column(mentor)
    capacity, allowed = tables.capacity.copy(), tables.allowed
    capacity[column] += 1
    if tables.capacity[column] == 0:
        allowed = allowed.copy()
        allowed[:, column] = [tables.rules_against(mentee, mentor) == [CAPACITY] for mentee in tables.mentees]
    return replace(tables, capacity=np.asarray(capacity), allowed=allowed)


def _with_facts(given: RunInput, key: int, change: SmallChange) -> RunInput:
    def told(person: Facts) -> Facts:
        if person.key != key:
            return person
        if change.kind in ("online", "online_hours"):
            person = replace(person, online=True)
        return replace(person, hours=person.hours | set(change.hours))

    sides = given.sides
    mentees, mentors = [told(each) for each in sides.mentees], [told(each) for each in sides.mentors]
    return replace(given, sides=replace(sides, mentees=mentees, mentors=mentors))
