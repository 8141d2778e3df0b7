"""What an import into a cohort would do: every row checked against accounts, members and sheets."""

from collections.abc import Callable, Iterator, Mapping
from csv import writer
from dataclasses import dataclass, field, replace
from io import BytesIO, StringIO
from typing import Any, BinaryIO

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from lms.people.models import User
from lms.tables.columns import CellError, Column, Row, Table, heading_key
from lms.tables.reading import count_rows, read_table
from mentoring_ext.invitations.actions import check_people
from mentoring_ext.matching.files.columns import AGREED, PERSONAL, TIES, WHO, mentee_columns, mentor_columns
from mentoring_ext.profiles.actions import Filling, Listed, check_listed
from mentoring_ext.profiles.models import MenteeProfile, MentorProfile
from mentoring_ext.profiles.permissions import organisations_served_by
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role

Profile = MentorProfile | MenteeProfile

MOST_ROWS = 5_000
"""More rows than this stand in several files: each sheet is checked as its form checks it, some 250 in a second."""
LONG = 300
"""More rows than this are checked as a job."""
BATCH = 500
Counted = Callable[[int, int], None]
"""Hears how many rows are done, and of how many; may raise to stop."""
KINDS: Mapping[str, type[Profile]] = {Role.MENTOR: MentorProfile, Role.MENTEE: MenteeProfile}
FIELD_OF = {"hours": "availability", "town": "place", "experience": "groups_before"}
COLUMN_OF = {field: column for column, field in FIELD_OF.items()} | {"sensitive_consent": "agreed_personal"}
NOT_IN_SHEET = frozenset(column.name for column in (*WHO, *AGREED, *TIES))
NO_COLUMN = "name"


@dataclass(frozen=True)
class Entry:
    """A good row: whom it names (None: an account is to be made), and what becomes of the sheet.

    ``filling`` is what was checked, so that nobody has to wait for the check when it is written; None for a sheet that
    stays. ``stays``: the sheet is left as it is, because the person has completed it already or, with ``is_strange``,
    because nobody here can answer for what the person agreed to.
    """

    row: Row
    user: User | None
    name: str
    listed: Listed
    filling: Filling | None
    is_strange: bool = False

    @property
    def stays(self) -> bool:
        """Whether the sheet is left as it is."""
        return self.filling is None


@dataclass
class SheetPlan:
    """What a file would do; with errors it does nothing."""

    rows: int = 0
    entries: list[Entry] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)

    @property
    def new(self) -> int:
        """How many accounts are to be made."""
        return sum(entry.user is None for entry in self.entries)

    @property
    def complete(self) -> int:
        """How many sheets become complete, with the agreement on paper."""
        return sum(entry.listed.agreed and not entry.stays for entry in self.entries)

    @property
    def drafts(self) -> int:
        """How many sheets are begun, for their owners to finish."""
        return sum(not entry.listed.agreed and not entry.stays for entry in self.entries)

    @property
    def staying(self) -> int:
        """How many sheets stay as their owners completed them."""
        return sum(entry.stays and not entry.is_strange for entry in self.entries)

    @property
    def strange(self) -> int:
        """How many people are asked to fill in the sheet themselves, because the actor does not answer for them."""
        return sum(entry.is_strange for entry in self.entries)


def columns_of(role: str) -> list[Column]:
    """Return the columns of the file for one side."""
    return mentor_columns() if role == Role.MENTOR else mentee_columns()


def is_long(file: BinaryIO) -> bool:
    """Return whether a file has more rows than are checked while somebody waits; raises as ``count_rows`` does."""
    return count_rows(file, max_rows=MOST_ROWS) > LONG


def plan_sheets(
    file: BinaryIO, *, cohort: Cohort, role: str, actor: User, count: Counted = lambda done, total: None
) -> tuple[SheetPlan, bytes]:
    """Check a whole file; return what it would do, and the list for the invitations, row for row.

    ``count`` hears of each row. Raises what ``lms.tables.reading.read_table`` raises for a file that is no table.
    """
    table = read_table(file, columns_of(role), max_rows=MOST_ROWS)
    people = as_list(table, role, actor)
    plan = SheetPlan(rows=table.count, errors=[_of_side(error, role) for error in table.errors])
    if table.rows:
        invited = check_people(BytesIO(people), actor=actor, cohort=cohort)
        plan.errors += [_of_row(error, table) for error in invited.errors]
        found = {entry.row.number: entry.person.user for entry in invited.entries}
        _plan_rows(plan, table, found, KINDS[role], actor, count)
    plan.errors.sort(key=lambda error: error.row)
    return plan, people


def _of_side(error: CellError, role: str) -> CellError:
    """Return the error; of a heading that only the other side's file has it says so."""
    other = Role.MENTEE if role == Role.MENTOR else Role.MENTOR
    theirs, ours = ({one for column in columns_of(side) for one in column.headings()} for side in (other, role))
    if error.value != error.column or heading_key(error.column) not in theirs - ours:
        return error
    if other == Role.MENTOR:
        return replace(error, message=_("Only the file of mentors has this column. Did you choose the right side?"))
    return replace(error, message=_("Only the file of mentees has this column. Did you choose the right side?"))


def as_list(table: Table, role: str, actor: User) -> bytes:
    """Return the people of a table as the list that invitations read: its second row is the table's first."""
    named = _names(table, actor)
    text = StringIO()
    rows = writer(text)
    rows.writerow(["name", "email", "username", "role"])
    for row in table.rows:
        email, username = row.values.get("email", ""), row.values.get("username", "")
        rows.writerow(
            [row.values.get("name") or named.get(email.lower() or username.lower(), ""), email, username, role]
        )
    return text.getvalue().encode()


def _known_to(actor: User) -> QuerySet[User]:
    """Return the accounts whose names the actor may read: others are not found out by their address."""
    coordinated = Cohort.objects.coordinated_by(actor).order_by()
    members = CohortMembership.objects.filter(cohort__in=coordinated).order_by().values("user")
    return User.objects.filter(Q(pk__in=members) | Q(pk__in=User.objects.visible_to(actor).order_by().values("pk")))


def _answered_for_by(actor: User) -> QuerySet[User]:
    """Return whose agreement on paper the actor can enter: members of own cohorts, people of organisations served."""
    coordinated = Cohort.objects.coordinated_by(actor).order_by()
    members = CohortMembership.objects.present().filter(cohort__in=coordinated).order_by().values("user")
    return User.objects.filter(Q(pk__in=members) | Q(organisation__in=organisations_served_by(actor)))


def _names(table: Table, actor: User) -> dict[str, str]:
    """Return the names of accounts known to the actor whom rows give by address or user name alone."""
    nameless = [row.values for row in table.rows if not row.values.get("name")]
    found: dict[str, str] = {}
    for column in ("username", "email"):
        told = sorted({text.lower() for values in nameless if (text := values.get(column, ""))})
        for start in range(0, len(told), BATCH):
            users = _known_to(actor).annotate(told=Lower(column)).filter(told__in=told[start : start + BATCH])
            found |= {user.told: str(user) for user in users.order_by("-pk")}
    return found


def _of_row(error: CellError, table: Table) -> CellError:
    """Return an error about the list as one about the file."""
    row = table.rows[error.row - 2]
    column = error.column if error.column in row.written else NO_COLUMN
    return CellError(row.number, column, row.written.get(column, ""), error.message)


def _plan_rows(
    plan: SheetPlan,
    table: Table,
    users: Mapping[int, User | None],
    kind: type[Profile],
    actor: User,
    count: Counted,
) -> None:
    known = [user.pk for user in users.values() if user]
    named = set(_known_to(actor).filter(pk__in=known).values_list("pk", flat=True))
    ours = set(_answered_for_by(actor).filter(pk__in=known).values_list("pk", flat=True))
    sheets = {sheet.user_id: sheet for sheet in kind._default_manager.filter(user__in=known).select_related("user")}
    for number, row in enumerate(table.rows, start=2):
        count(number - 2, len(table.rows))
        user = users.get(number)
        profile = sheets.get(user.pk) if user else None
        listed = listed_of(row)
        is_strange = user is not None and user.pk not in ours
        stays = is_strange or (profile is not None and profile.is_complete)
        filling = None if stays else check_listed(profile, kind, listed)
        errors = list(_wrong(row, listed, filling)) if filling else []
        plan.errors += errors
        if number in users and not errors:
            name = str(user) if user and user.pk in named else row.values.get("name", "")
            plan.entries.append(Entry(row, user, name, listed, filling, is_strange))


def _wrong(row: Row, listed: Listed, filling: Filling) -> Iterator[CellError]:
    personal = [column.name for column in PERSONAL if row.values.get(column.name)]
    if personal and not listed.agreed_personal:
        text = _("Write yes when the person agreed on paper that personal details are used, or leave them empty.")
        yield row.error("agreed_personal", text)
        return
    for name, message in filling.wrong:
        if name == "guidance" and listed.values.get(name) is not None:
            # Two files may be paired by all five steps; a sheet asks for three of them.
            message = _("Write 1 (on their own), 3 (with help now and then) or 5 (guided at each step).")
        yield row.error(COLUMN_OF.get(name, name), message)


def listed_of(row: Row) -> Listed:
    """Return what a row tells for the sheet; an empty cell tells nothing."""
    told = {name: value for name, value in row.values.items() if name not in NOT_IN_SHEET and row.written.get(name)}
    values: dict[str, Any] = {FIELD_OF.get(name, name): _plain(value) for name, value in told.items()}
    return Listed(values, row.values.get("agreed", False), row.values.get("agreed_personal", False))


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value
