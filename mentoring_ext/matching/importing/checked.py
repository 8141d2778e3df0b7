"""What a check of a file found, as a page shows it and a job keeps it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from lms.tables.columns import CellError
from mentoring_ext.matching.importing.plan import Entry, SheetPlan

CHECK = "check_sheets"
"""The kind of job that checks a long file."""
SHOWN = 200
PREVIEW = 25


@dataclass(frozen=True)
class Line:
    """A good row in words: who, whether there is an account, and what becomes of the sheet."""

    name: str
    account: str
    sheet: str


@dataclass(frozen=True)
class Report:
    """How many rows, new accounts, sheets of each kind and errors there are, and the first of each to show."""

    rows: int
    new: int
    complete: int
    drafts: int
    staying: int
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


def report_on(plan: SheetPlan) -> Report:
    """Return what to tell of a plan."""
    lines = [_line(entry) for entry in plan.entries[:PREVIEW]]
    numbers = (plan.rows, plan.new, plan.complete, plan.drafts, plan.staying, len(plan.errors))
    return Report(*numbers, plan.errors[:SHOWN], lines)


def _line(entry: Entry) -> Line:
    account = _("Has an account") if entry.user else _("New, is invited")
    return Line(entry.name, account, _sheet(entry))


def _sheet(entry: Entry) -> str:
    if entry.stays:
        return _("Complete already, stays as it is")
    return _("Is completed") if entry.listed.agreed else _("Waits for its owner")
