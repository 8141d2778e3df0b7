"""What a check of a list of people found, as a page shows it and a job keeps it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lms.tables.checked import PREVIEW, Checked, first_errors
from mentoring_ext.invitations.plan import Entry, Plan

CHECK = "check_people"
"""The kind of job that checks a long list."""


@dataclass(frozen=True)
class Line:
    """A good row in words: who, how the invitation comes, to which place, in which role."""

    name: str
    invitation: str
    where: str
    role: str


@dataclass(frozen=True, kw_only=True)
class Report(Checked[Line]):
    """Beside rows and errors: how many new accounts, and people who have one."""

    line_type = Line

    new: int
    known: int


def report_on(plan: Plan) -> Report:
    """Return what to tell of a plan."""
    lines = [_line(entry) for entry in plan.entries[:PREVIEW]]
    new, known = len(plan.new_people), len(plan.known_people)
    return Report(rows=plan.rows, new=new, known=known, lines=lines, **first_errors(plan.errors))


def _line(entry: Entry) -> Line:
    where = entry.cohort or entry.department or entry.organisation
    return Line(entry.row.values["name"], _invitation(entry), str(where or "–"), entry.role_word)


def _invitation(entry: Entry) -> str:
    if entry.is_there:
        return _("Is there already")
    if not entry.person.is_new:
        return _("Has an account, is told")
    return str(entry.row.values.get("email") or _("On paper"))
