"""What a check of a list found, as a page shows it and a job keeps it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from lms.tables.columns import CellError
from mentoring_ext.invitations.plan import Entry, Plan

CHECK = "check_people"
"""The kind of job that checks a long list."""
SHOWN = 200
PREVIEW = 25


@dataclass(frozen=True)
class Line:
    """A good row in words: who, how the invitation comes, to which place, in which role."""

    name: str
    invitation: str
    where: str
    role: str


@dataclass(frozen=True)
class Report:
    """How many rows, new accounts, people who have one, and errors there are, and the first of each to show."""

    rows: int
    new: int
    known: int
    wrong: int
    errors: list[CellError]
    lines: list[Line]

    @property
    def left_out(self) -> int:
        """How many errors are not shown."""
        return self.wrong - len(self.errors)

    @property
    def more(self) -> int:
        """How many good rows are not shown; every row is good where there are no errors."""
        return self.rows - len(self.lines)

    def as_data(self) -> dict[str, Any]:
        """Return the report as plain data for JSON."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return the report that ``as_data`` gave."""
        errors = [CellError(**error) for error in data["errors"]]
        return cls(**{**data, "errors": errors, "lines": [Line(**line) for line in data["lines"]]})


def report_on(plan: Plan) -> Report:
    """Return what to tell of a plan."""
    new, known = len(plan.new_people), len(plan.known_people)
    lines = [_line(entry) for entry in plan.entries[:PREVIEW]]
    return Report(plan.rows, new, known, len(plan.errors), plan.errors[:SHOWN], lines)


def _line(entry: Entry) -> Line:
    where = entry.cohort or entry.department or entry.organisation
    return Line(entry.row.values["name"], _invitation(entry), str(where or "–"), entry.role_word)


def _invitation(entry: Entry) -> str:
    if entry.is_there:
        return _("Is there already")
    if not entry.person.is_new:
        return _("Has an account, is told")
    return str(entry.row.values.get("email") or _("On paper"))
