"""Which small changes may place one of a crowd that competes for too few places; ``advising`` proves which do."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mentoring_ext.matching.changes.change import SmallChange
from mentoring_ext.matching.changes.meeting import fewest_hours
from mentoring_ext.matching.explain import Crowd
from mentoring_ext.matching.facts import Bools, Integers
from mentoring_ext.matching.kept import RunInput
from mentoring_ext.matching.outcomes import is_plain
from mentoring_ext.matching.rules import CAPACITY, HOURS, MEETING, RULES
from mentoring_ext.matching.solver import LEFT_OVER, Assignment, Outcomes, outcomes_of_places
from mentoring_ext.matching.solving import Tables, arguments, possible_for

MOST_PEOPLE = 30
"""For so many people of a crowd hours and ways to meet are looked at, those left over first."""


@dataclass(frozen=True, eq=False)
class Ground:
    """An input with its best answer, and what is read off them: made once for all who are left over."""

    given: RunInput
    tables: Tables
    answer: Assignment

    @cached_property
    def broken(self) -> NDArray[np.uint8]:
        """One bit for each rule that a pair breaks."""
        return possible_for(self.given).broken

    @cached_property
    def is_plain(self) -> bool:
        """Whether nothing is asked of the groups."""
        return is_plain(self.given)

    @cached_property
    def sizes(self) -> Integers:
        """How many mentees each mentor has."""
        rows = self.answer.mentor_of[self.answer.mentor_of != LEFT_OVER]
        return np.bincount(rows, minlength=len(self.tables.mentors))

    @cached_property
    def takes(self) -> Bools:
        """The mentors to whom one more could come: a place is free there, or gets free when others move on.

        Where something is asked of the groups only the first is looked at.
        """
        takes = np.asarray(self.sizes < self.tables.capacity)
        if not self.is_plain:
            return takes
        movable = self.answer.mentor_of != LEFT_OVER
        movable[list(arguments(self.given, self.tables)["fixed"])] = False
        while True:
            onwards = movable & (self.tables.allowed & takes).any(1)
            more = takes.copy()
            more[self.answer.mentor_of[onwards]] = True
            if (more == takes).all():
                return takes
            takes = more

    @cached_property
    def places(self) -> Outcomes:
        """What one more place with each mentor comes to, where nothing is asked of the groups."""
        asked = {name: value for name, value in arguments(self.given, self.tables).items() if name in ("fixed", "stay")}
        everybody = self.tables.allowed | self.only(CAPACITY)
        tables = self.tables
        return outcomes_of_places(tables.scores, everybody, tables.capacity, self.answer.mentor_of, **asked)

    def only(self, rule: str) -> Bools:
        """Return the pairs that nothing but this rule excludes."""
        return np.asarray(self.broken == 1 << RULES.index(rule))


def places_for(ground: Ground, crowd: Crowd) -> list[SmallChange]:
    """Return the mentors with whom one more place may help, the best first."""
    tables, wanted = ground.tables, np.zeros(len(ground.tables.mentors), dtype=bool)
    wanted[crowd.mentors] = True
    wanted |= ground.only(CAPACITY)[crowd.mentees].any(0)
    if ground.is_plain:
        wanted &= ground.places.placed > len(tables.mentees) - len(ground.answer.left_over)
        worth = ground.places.total
    else:
        worth = tables.scores[crowd.left].max(0, initial=0).astype(float)
    found = sorted(np.flatnonzero(wanted).tolist(), key=lambda column: (-worth[column], column))
    return [SmallChange("place", person=tables.mentors[column]) for column in found]


def hours_for(ground: Ground, crowd: Crowd) -> list[SmallChange]:
    """Return who could be free at which hours more, so that a pair or a group can meet; the fewest hours first."""
    length, tables = ground.given.options.hours, ground.tables
    found: dict[tuple[int, tuple[int, ...]], tuple[tuple[object, ...], SmallChange]] = {}
    for row, column in _pairs(ground, crowd, HOURS):
        mentee, mentor = ground.given.sides.mentees[row], ground.given.sides.mentors[column]
        ours, theirs = _starts(ground, row, column)
        rank = (row not in crowd.left, -int(tables.scores[row, column]))
        for person, other, free, starts in (
            (mentee, mentor, mentee.hours, theirs),
            (mentor, mentee, mentor.hours, ours),
        ):
            hours = fewest_hours(free, starts, length)
            if hours:
                change = SmallChange("hours", person=person.key, other=other.key, hours=hours)
                key = (len(hours), *rank)
                found[person.key, hours] = min(found.get((person.key, hours), (key, change)), (key, change), key=_rank)
    return [change for _key, change in sorted(found.values(), key=_rank)]


def ways_for(ground: Ground, crowd: Crowd) -> list[SmallChange]:
    """Return who could meet online, so that a pair has a way to meet; who opens the most pairs first."""
    found: dict[SmallChange, int] = {}
    for row, column in _pairs(ground, crowd, MEETING):
        mentee, mentor = ground.given.sides.mentees[row], ground.given.sides.mentors[column]
        if mentor.online is not False:
            change = SmallChange("online", person=mentee.key)
        elif mentee.online is not False:
            change = SmallChange("online", person=mentor.key)
        else:
            change = SmallChange("online", person=mentee.key, other=mentor.key, both=True)
        found[change] = found.get(change, 0) + 1
    return sorted(found, key=lambda change: (change.both, -found[change], change.person))


def both_for(ground: Ground, crowd: Crowd) -> list[SmallChange]:
    """Return who could meet online and be free at which hours more, where a pair needs both; the fewest hours first."""
    length, tables = ground.given.options.hours, ground.tables
    bits = sum(1 << RULES.index(rule) for rule in (HOURS, MEETING))
    needs_both = ground.broken == bits
    if ground.given.options.common_slot:
        # The pair has hours in common, and the group it would come to may have none.
        needs_both = needs_both | ground.only(MEETING)
    found = []
    for row in crowd.left[:MOST_PEOPLE]:
        for column in np.flatnonzero(needs_both[row] & ground.takes).tolist():
            mentee, mentor = ground.given.sides.mentees[row], ground.given.sides.mentors[column]
            ours, theirs = _starts(ground, row, column)
            for person, other, starts in ((mentee, mentor, theirs), (mentor, mentee, ours)):
                hours = fewest_hours(person.hours, starts, length) if other.online is not False else ()
                if hours:
                    change = SmallChange("online_hours", person=person.key, other=other.key, hours=hours)
                    found.append(((len(hours), person is mentor, -int(tables.scores[row, column])), change))
    return [change for _key, change in sorted(found, key=_rank)]


def options_for(ground: Ground) -> list[SmallChange]:
    """Return what the run could be asked no longer: each alone, and what is asked of the groups together."""
    options = ground.given.options
    asked = [name for name, holds in (("minimum", options.minimum > 1), ("common_slot", options.common_slot)) if holds]
    asked += ["+".join(asked)] if len(asked) > 1 else []
    asked += ["meeting"] if options.meeting and not options.online else []
    return [SmallChange("option", option=name) for name in asked]


def _rank(ranked: tuple[tuple[object, ...], SmallChange]) -> tuple[object, ...]:
    return ranked[0]


def _pairs(ground: Ground, crowd: Crowd, rule: str) -> Iterator[tuple[int, int]]:
    """Walk over the pairs that a change about this rule may open, those left over first."""
    possible = ground.only(rule)
    if rule == HOURS and ground.given.options.common_slot:
        possible = possible | ground.tables.allowed
    others = [row for row in crowd.mentees if row not in set(crowd.left)]
    for row in [*crowd.left, *(others if ground.is_plain else [])][:MOST_PEOPLE]:
        for column in np.flatnonzero(possible[row] & ground.takes).tolist():
            yield row, column


def _starts(ground: Ground, row: int, column: int) -> tuple[Bools, Bools]:
    """Return when a mentee can begin a session, and when a mentor can; each with the others of the group, if asked."""
    mentees, mentors = ground.tables.starts or ground.given.sides.starts(ground.given.options.hours)
    ours, theirs = mentees[row], mentors[column]
    if not ground.given.options.common_slot:
        return ours, theirs
    group: Bools = mentees[ground.answer.mentor_of == column].all(0)
    return np.asarray(ours & group), np.asarray(theirs & group)
