"""From a run's input to its tables and its result. Nothing here imports Django."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from mentoring_ext.matching import rules
from mentoring_ext.matching.factors import FACTORS, ONE, Millionths, score, score_with_parts
from mentoring_ext.matching.facts import Bools, Facts, Integers, Sides
from mentoring_ext.matching.kept import FACTS, RunInput, read, unpack
from mentoring_ext.matching.rules import Possible
from mentoring_ext.matching.solver import LEFT_OVER, Assignment, assign, verify

NO_SLOT = -1
TOGETHER = 2
"""So many mentees keep each other company."""
BY_SHEETS = (rules.LANGUAGE, rules.HOURS, rules.MEETING, rules.GENDER)
"""Rules that read the sheets: no obstacle to who made their pair themselves."""
Progress = Callable[[str, float], None]
Parts = tuple[list[int], list[int]]
"""Values and points of one pair, in the order of the factors."""


class LockBroken(ValueError):
    """A fixed pair is against a rule; ``mentee`` and ``mentor`` are keys, ``rules`` names."""

    def __init__(self, mentee: int, mentor: int, broken: Sequence[str]) -> None:
        super().__init__(f"{mentee} and {mentor} are fixed, against {', '.join(broken)}")
        self.mentee, self.mentor, self.rules = mentee, mentor, list(broken)


@dataclass(frozen=True)
class Tables:
    """What was compared: people by row and column, scores in millionths, possible pairs, places.

    ``starts`` are the hours at which mentees and mentors can begin a session, None where nobody knows any more.
    """

    mentees: list[int]
    mentors: list[int]
    scores: Millionths
    allowed: Bools
    capacity: Integers
    starts: tuple[Bools, Bools] | None
    _rules: Callable[[int, int], list[str]]
    _parts: Callable[[int, int], Parts]
    factors: Sequence[str] = tuple(FACTORS)
    """The names of the factors, in the order of the parts."""

    def row(self, mentee: int) -> int:
        """Return the row of a mentee's key; raises ``ValueError`` when nothing is kept of the person."""
        return self._place(self._row_of, mentee)

    def column(self, mentor: int) -> int:
        """Return the column of a mentor's key; raises ``ValueError`` as ``row`` does."""
        return self._place(self._column_of, mentor)

    def keeps(self, person: int) -> bool:
        """Whether anything is kept of somebody: who was erased or took the consent back is not in the tables."""
        return person in self._row_of or person in self._column_of

    @cached_property
    def _row_of(self) -> dict[int, int]:
        return {key: row for row, key in enumerate(self.mentees)}

    @cached_property
    def _column_of(self) -> dict[int, int]:
        return {key: column for column, key in enumerate(self.mentors)}

    @staticmethod
    def _place(places: dict[int, int], key: int) -> int:
        if key not in places:
            raise ValueError("Nothing is kept of this person")
        return places[key]

    def score(self, mentee: int, mentor: int) -> int:
        """Return a pair's score in millionths."""
        return int(self.scores[self.row(mentee), self.column(mentor)])

    def rules_against(self, mentee: int, mentor: int) -> list[str]:
        """Name the hard rules that forbid a pair."""
        return self._rules(self.row(mentee), self.column(mentor))

    def parts(self, mentee: int, mentor: int) -> Parts:
        """Return values and points of a pair, which add up to its score."""
        return self._parts(self.row(mentee), self.column(mentor))

    def common_starts(self, mentor: int, mentees: Sequence[int]) -> list[int]:
        """Return the hours of the week at which this whole group can begin a session.

        Of whom nothing is kept any more, nobody knows the hours: without the mentor there are none, and a mentee is
        left aside.
        """
        if self.starts is None or mentor not in self._column_of:
            return []
        of_mentees, of_mentors = self.starts
        free = of_mentors[self.column(mentor)].copy()
        for mentee in mentees:
            if mentee in self._row_of:
                free &= of_mentees[self.row(mentee)]
        return [int(hour) for hour in np.flatnonzero(free)]


def tables_of(kept: bytes) -> Tables:
    """Return the tables of what a run keeps, in either form."""
    found = read(kept)
    return tables_for(unpack(kept)) if found.get("form") == FACTS else _kept_tables(found)


def tables_for(given: RunInput) -> Tables:
    """Compare everybody with everybody."""
    sides = _prepared(given)
    possible = _possible(sides, given)

    def parts(row: int, column: int) -> Parts:
        scored = score_with_parts(sides.pair(row, column), given.weights)
        return scored.values[:, 0, 0].tolist(), scored.points[:, 0, 0].tolist()

    return Tables(
        mentees=[person.key for person in sides.mentees],
        mentors=[person.key for person in sides.mentors],
        scores=score(sides, given.weights),
        allowed=possible.allowed,
        capacity=sides.capacity,
        starts=_starts(sides, given),
        _rules=possible.rules_against,
        _parts=parts,
        factors=[*FACTORS, *(asked.name for asked in sides.further)],
    )


def with_mentee(given: RunInput, tables: Tables, mentee: int) -> Tables:
    """Return the tables of an input in which one mentee tells something else than in ``tables``."""
    row = tables.row(mentee)
    sides = _prepared(given, given.sides.rows(slice(row, row + 1)))
    scores, allowed = tables.scores.copy(), tables.allowed.copy()
    scores[row], allowed[row] = score(sides, given.weights)[0], _possible(sides, given).allowed[0]
    return replace(
        tables, scores=scores, allowed=allowed, starts=_with_starts(tables, _starts(sides, given), row, None)
    )


def with_mentor(given: RunInput, tables: Tables, mentor: int) -> Tables:
    """Return the tables of an input in which one mentor tells something else than in ``tables``."""
    column = tables.column(mentor)
    everybody = given.sides
    sides = _prepared(given, Sides(everybody.mentees, everybody.mentors[column : column + 1], everybody.further))
    scores, allowed = tables.scores.copy(), tables.allowed.copy()
    scores[:, column], allowed[:, column] = score(sides, given.weights)[:, 0], _possible(sides, given).allowed[:, 0]
    starts = _with_starts(tables, _starts(sides, given), None, column)
    return replace(tables, scores=scores, allowed=allowed, starts=starts)


def _with_starts(
    tables: Tables, new: tuple[Bools, Bools], row: int | None, column: int | None
) -> tuple[Bools, Bools] | None:
    if tables.starts is None:
        return None
    mentees, mentors = (side.copy() for side in tables.starts)
    if row is not None:
        mentees[row] = new[0][0]
    if column is not None:
        mentors[column] = new[1][0]
    return mentees, mentors


def possible_for(given: RunInput) -> Possible:
    """Test every pair of an input against the rules."""
    return _possible(_prepared(given), given)


def broken_in(given: RunInput, pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], list[str]]:
    """Return those of the pairs that rules forbid, with these rules. Who is not among the people is left out."""
    possible = possible_for(given)
    rows = {person.key: row for row, person in enumerate(given.sides.mentees)}
    columns = {person.key: column for column, person in enumerate(given.sides.mentors)}
    known = [(mentee, mentor) for mentee, mentor in pairs if mentee in rows and mentor in columns]
    found = {pair: possible.rules_against(rows[pair[0]], columns[pair[1]]) for pair in known}
    return {pair: rules for pair, rules in found.items() if rules}


def _prepared(given: RunInput, some: Sides | None = None) -> Sides:
    """Apply the options to the people, or to some of them: the size of groups, and that everybody can meet online."""

    def adapt(person: Facts) -> Facts:
        person = replace(person, capacity=min(person.capacity, given.options.size))
        return replace(person, online=True) if given.options.online else person

    sides = some or given.sides
    mentees, mentors = ([adapt(person) for person in side] for side in (sides.mentees, sides.mentors))
    return Sides(mentees, mentors, sides.further)


def _possible(sides: Sides, given: RunInput) -> Possible:
    """Test every pair; what the sheets say is no obstacle to those who made their pair themselves."""
    possible = rules.check(sides, hours=given.options.hours, meeting=given.options.meeting, ties=given.settled.ties)
    by_sheets = sum(1 << rules.RULES.index(rule) for rule in BY_SHEETS)
    possible.broken[sides.positions(given.settled.offline)] &= np.uint8(~by_sheets & 0xFF)
    return possible


def _starts(sides: Sides, given: RunInput) -> tuple[Bools, Bools]:
    """Return possible starts; those who made their pair themselves can come at any: they have found their hour."""
    mentees, mentors = sides.starts(given.options.hours)
    rows, columns = sides.positions(given.settled.offline)
    mentees[rows] = True
    mentors[columns[~mentors[columns].any(1)]] = True
    return mentees, mentors


def _kept_tables(found: dict[str, Any]) -> Tables:
    """Return the tables that the first version kept; nobody knows the hours any more."""
    mentees, mentors = found.get("mentees", []), found.get("mentors", [])
    shape = len(mentees), len(mentors)
    broken = found.get("rules", [])
    allowed = np.array([[not names for names in row] for row in broken], dtype=bool).reshape(shape)
    return Tables(
        mentees=mentees,
        mentors=mentors,
        scores=np.array(found.get("scores", []), dtype=np.int32).reshape(shape),
        allowed=allowed,
        capacity=np.zeros(len(mentors), dtype=np.int64),
        starts=None,
        _rules=lambda row, column: list(broken[row][column]),
        _parts=lambda row, column: (found["values"][row][column], found["points"][row][column]),
    )


def arguments(given: RunInput, tables: Tables) -> dict[str, Any]:
    """Return what ``assign`` and ``verify`` are given besides scores, possible pairs and places.

    Raises ``LockBroken`` when a fixed pair is against a rule.
    """
    columns = {key: column for column, key in enumerate(tables.mentors)}
    found: dict[str, Any] = {"fixed": _fixed(given, tables)}
    if given.options.minimum > 1:
        found["minimum"] = np.minimum(given.options.minimum, tables.capacity)
    if given.options.avoid_alone:
        found["preferred"] = company_for(tables.capacity)
    if given.options.objective != "total":
        found["objective"] = given.options.objective
    if given.options.common_slot and tables.starts is not None:
        found["mentee_slots"], found["mentor_slots"] = tables.starts
    if given.options.penalty and given.settled.present:
        present = [columns.get(given.settled.present.get(key, 0), LEFT_OVER) for key in tables.mentees]
        found["stay"] = np.array(present, dtype=np.int64), given.options.penalty / ONE
    return found


def company_for(capacity: Integers) -> Integers:
    """Return the size from which on nobody is alone: two, with a mentor who has one place that one."""
    return np.minimum(TOGETHER, capacity)


def alone_in(tables: Tables, mentor_of: Integers) -> Bools:
    """Return the mentors with one mentee alone, though they have more places."""
    sizes = np.bincount(mentor_of[mentor_of != LEFT_OVER], minlength=len(tables.mentors))
    return (sizes > 0) & (sizes < company_for(tables.capacity))


def _fixed(given: RunInput, tables: Tables) -> dict[int, int]:
    mentees, mentors = set(tables.mentees), set(tables.mentors)
    found = {}
    for mentee, mentor in given.settled.fixed.items():
        if mentee in mentees and mentor in mentors:
            broken = tables.rules_against(mentee, mentor)
            if broken:
                raise LockBroken(mentee, mentor, broken)
            found[tables.row(mentee)] = tables.column(mentor)
    return found


def solve(
    given: RunInput, *, tables: Tables | None = None, progress: Progress | None = None, seconds: float | None = None
) -> tuple[Tables, Assignment]:
    """Return the tables and the result. Raises ``LockBroken``, and ``Infeasible`` when fixed pairs cannot be kept."""
    tables = tables or tables_for(given)
    asked = arguments(given, tables) | {"progress": progress, "seconds": seconds}
    answer = assign(tables.scores, tables.allowed, tables.capacity, **asked)
    return tables, answer


def check(given: RunInput, tables: Tables, answer: Assignment) -> None:
    """Confirm a result without the solver; raises ``Refused``."""
    verify(tables.scores, tables.allowed, tables.capacity, answer, **arguments(given, tables))


def slots_of(tables: Tables, answer: Assignment) -> list[int | None]:
    """Return for each mentor the first hour at which the group can meet, None for no group or no such hour."""
    chosen = answer.slot_of
    found: list[int | None] = []
    for column, mentor in enumerate(tables.mentors):
        mentees = [tables.mentees[row] for row in np.flatnonzero(answer.mentor_of == column)]
        if chosen is not None:
            found.append(None if chosen[column] == NO_SLOT else int(chosen[column]))
        else:
            found.append(next(iter(tables.common_starts(mentor, mentees)), None) if mentees else None)
    return found
