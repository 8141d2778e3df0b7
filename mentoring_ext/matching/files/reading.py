"""Two files become people to be compared, with every error by file, row and column."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from lms.errors import DomainError
from lms.tables.columns import CellError, Column, Row
from lms.tables.reading import read_table
from mentoring_ext.matching import rules
from mentoring_ext.matching.facts import Facts, Further, Sides, Ties
from mentoring_ext.matching.files.columns import LEVEL, TIES, mentee_columns, mentor_columns
from mentoring_ext.matching.words import RULE_WORDS
from mentoring_ext.profiles import choices

MOST_ROWS = 20_000
MOST_BYTES = 40 * 1024 * 1024
MENTORS, MENTEES = "mentors", "mentees"
NAMING = ("id", "username", "email")
"""Columns that name a person, the first that is filled."""


@dataclass(frozen=True)
class FileError:
    """What is wrong with one cell of one of the two files; row 0 means the file as a whole."""

    file: str
    error: CellError

    def as_data(self) -> dict[str, int | str]:
        """Return the error as plain data for JSON."""
        return {"file": self.file, **self.error.as_data()}


@dataclass
class People:
    """What the two files hold: people, what is settled about pairs, and all errors; with errors nothing is done.

    ``labels`` maps a person's key to what names it in the file. ``rows`` are the rows of both files by key. ``faulty``
    are the labels of mentors in whose rows something is wrong: whoever names one names somebody who is there.
    """

    sides: Sides = field(default_factory=lambda: Sides([], []))
    ties: Ties = field(default_factory=Ties)
    labels: dict[int, str] = field(default_factory=dict)
    rows: dict[int, Row] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)
    errors: list[FileError] = field(default_factory=list)

    def complain(self, key: int, column: str, message: str) -> None:
        """Add an error about one cell of a person's row."""
        file = MENTORS if key in self.sides.column_of else MENTEES
        self.errors.append(FileError(file, self.rows[key].error(column, message)))


def read_people(
    mentors: BinaryIO,
    mentees: BinaryIO,
    *,
    size: int,
    hours: int,
    meeting: bool = False,
    further: Sequence[Further] = (),
) -> People:
    """Read both files; mentors who tell no capacity get ``size`` places, and nobody has more.

    A fixed pair that a rule forbids (for sessions of ``hours`` hours, with ``meeting`` also for want of a way to meet)
    is an error, too. Never raises for what stands in the files: everything wrong is in ``errors``.
    """
    people = People()
    given = (
        _rows(mentors, MENTORS, mentor_columns(further), people),
        _rows(mentees, MENTEES, mentee_columns(further), people),
    )
    keys = iter(range(1, len(given[0]) + len(given[1]) + 1))
    found = [[_person(row, next(keys), people, further, size) for row in rows] for rows in given]
    people.sides = Sides(found[1], found[0], further)
    people.ties = _ties(people)
    if not people.errors:
        people.errors += _empty(found)
    _check_fixed(people, hours, meeting)
    people.errors.sort(key=lambda error: (error.file, error.error.row))
    return people


def _rows(file: BinaryIO, name: str, columns: Sequence[Column], people: People) -> list[Row]:
    try:
        table = read_table(file, columns, max_rows=MOST_ROWS, max_bytes=MOST_BYTES)
    except DomainError as error:
        people.errors.append(FileError(name, CellError(0, "", "", str(error.text))))
        return []
    people.errors += [FileError(name, error) for error in table.errors]
    first_of: dict[str, int] = {}
    if name == MENTORS:
        people.faulty = {label_of(row).casefold() for row in table.faulty}
    for row in sorted((*table.rows, *table.faulty), key=lambda row: row.number):
        people.errors += [FileError(name, error) for error in _nameless_or_twice(row, first_of)]
    return table.rows


def _nameless_or_twice(row: Row, first_of: dict[str, int]) -> Iterator[CellError]:
    label = label_of(row)
    if not label:
        # What stands there, but is wrong, is told already.
        if not any(row.written.get(name) for name in NAMING):
            yield row.error("id", _("Write an id, an e-mail address or a user name."))
        return
    first = first_of.setdefault(label.casefold(), row.number)
    if first != row.number:
        yield row.error(_column_of_label(row), _("Row %(row)s has the same person.") % {"row": first})


def label_of(row: Row) -> str:
    """Return what names the person of a row: the id, else the user name, else the e-mail address."""
    return str(row.values.get(_column_of_label(row)) or "")


def _column_of_label(row: Row) -> str:
    return next((name for name in NAMING if row.values.get(name)), "id")


def _person(row: Row, key: int, people: People, further: Sequence[Further], size: int) -> Facts:
    people.rows[key], people.labels[key] = row, label_of(row)
    return facts_of(row.values, key, further, size)


def facts_of(values: Any, key: int, further: Sequence[Further] = (), size: int = 0) -> Facts:
    """Return a row's values as facts; a column that the file does not have is not known."""
    get: Callable[..., Any] = values.get
    first = get("first_language", "")
    capacity = get("capacity")
    levels = {topic: get(f"{LEVEL}{topic}") for topic in choices.Topic.values}
    answers = {asked.name: get(asked.name) for asked in further}
    return Facts(
        key=key,
        name=get("name", ""),
        styles=tuple(get(name) for name in choices.STYLES),
        levels={topic: level for topic, level in levels.items() if level is not None},
        areas=frozenset({get("area", "")} - {""}),
        first_language=first,
        languages=get("languages", frozenset()) | ({first} - {""}),
        capacity=size if capacity is None else min(capacity, size),
        extra={name: answer for name, answer in answers.items() if answer not in (None, "", frozenset())},
        **{name: get(name, empty) for name, empty in PLAIN.items()},
    )


PLAIN: dict[str, Any] = {
    **dict.fromkeys(("interests", "support", "motives", "contexts", "hours", "access", "objectives"), frozenset()),
    **dict.fromkeys(("guidance", "experience", "birth_year", "online", "in_person"), None),
    **dict.fromkeys(("culture", "ethnicity", "religion", "gender", "mixed_gender", "town"), ""),
}
"""Columns that are facts as they stand, and what an empty one means."""


def _ties(people: People) -> Ties:
    mentors = {people.labels[mentor.key].casefold(): mentor.key for mentor in people.sides.mentors}
    found: dict[str, set[tuple[int, int]]] = {column.name: set() for column in TIES}
    for mentee in people.sides.mentees:
        for name, pairs in found.items():
            wanted = people.rows[mentee.key].values.get(name, ())
            for label in wanted:
                if label.casefold() in mentors:
                    pairs.add((mentee.key, mentors[label.casefold()]))
                elif label.casefold() not in people.faulty:
                    text = _("The mentors' file has nobody who is called %(label)s.") % {"label": label}
                    people.complain(mentee.key, name, text)
            if name == "fixed" and len(wanted) > 1:
                people.complain(mentee.key, name, _("Only one mentor can be fixed."))
    return Ties(
        frozenset(found["conflict"]),
        frozenset(found["forbidden"]),
        frozenset(found["vetoed"]),
        dict(sorted(found["fixed"])),
    )


def _empty(found: Sequence[Sequence[Facts]]) -> Iterator[FileError]:
    for name, people in zip((MENTORS, MENTEES), found, strict=True):
        if not people:
            yield FileError(name, CellError(0, "", "", _("There is nobody in this file.")))


def _check_fixed(people: People, hours: int, meeting: bool) -> None:
    taken: Counter[int] = Counter()
    sides = people.sides
    for mentee, mentor in people.ties.fixed.items():
        pair = sides.pair(sides.row_of[mentee], sides.column_of[mentor])
        broken = rules.check(pair, hours=hours, meeting=meeting, ties=people.ties).rules_against(0, 0)
        taken[mentor] += 1
        if broken:
            words = ", ".join(str(RULE_WORDS[rule]) for rule in broken)
            people.complain(mentee, "fixed", _("A rule forbids this pair: %(rules)s.") % {"rules": words})
        elif taken[mentor] > pair.capacity[0]:
            people.complain(mentee, "fixed", _("More mentees are fixed to this mentor than there are places."))
