"""What a check of a file of sheets found, as a page shows it and a job keeps it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lms.tables.checked import PREVIEW, Checked, first_errors
from mentoring_ext.matching.importing.plan import Entry, SheetPlan

CHECK = "check_sheets"
"""The kind of job that checks a long file."""


@dataclass(frozen=True)
class Line:
    """A good row in words: who, whether there is an account, and what becomes of the sheet."""

    name: str
    account: str
    sheet: str


@dataclass(frozen=True, kw_only=True)
class Report(Checked[Line]):
    """Beside rows and errors: how many new accounts, and sheets of each kind."""

    line_type = Line

    new: int
    complete: int
    drafts: int
    staying: int
    strange: int = 0


def report_on(plan: SheetPlan) -> Report:
    """Return what to tell of a plan."""
    lines = [_line(entry) for entry in plan.entries[:PREVIEW]]
    counted = {name: getattr(plan, name) for name in ("rows", "new", "complete", "drafts", "staying", "strange")}
    return Report(lines=lines, **counted, **first_errors(plan.errors))


def _line(entry: Entry) -> Line:
    account = _("Has an account") if entry.user else _("New, is invited")
    return Line(entry.name, account, _sheet(entry))


def _sheet(entry: Entry) -> str:
    if entry.is_strange:
        return _("Is asked to fill it in")
    if entry.stays:
        return _("Complete already, stays as it is")
    return _("Is completed") if entry.listed.agreed else _("Waits for its owner")
