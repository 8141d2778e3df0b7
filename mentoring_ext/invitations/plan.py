"""What an import would do: every row checked against what is there, in a fixed number of queries for each thousand."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from lms.people.errors import OwnRights
from lms.people.models import Department, Organisation, User
from lms.tables.columns import CellError, Row, Table
from mentoring_ext.invitations.choices import COHORT_ROLES, LEARNERS, MANAGER, ROLES
from mentoring_ext.invitations.known import by_name, full_name, members_by_name, plain_name, users_by
from mentoring_ext.invitations.permissions import Reach
from mentoring_ext.programmes.models import Cohort, CohortMembership

WORDS = dict(ROLES)
Counted = Callable[[int, int], None]


@dataclass
class Person:
    """Somebody whom the list names, in one row or several; ``user`` is None while there is no account."""

    row: Row
    user: User | None
    organisation: Organisation | None = None
    department: Department | None = None

    @property
    def is_new(self) -> bool:
        """Whether an account is to be made."""
        return self.user is None


@dataclass(frozen=True)
class Entry:
    """A good row: who, in which role, for which cohort, organisation or department; ``is_there`` when it holds now."""

    row: Row
    person: Person
    role: str
    cohort: Cohort | None
    organisation: Organisation | None
    department: Department | None
    is_there: bool = False

    @property
    def role_word(self) -> str:
        """The role in words."""
        return str(WORDS[self.role])


@dataclass
class Plan:
    """What the list would do; with errors it does nothing."""

    rows: int = 0
    entries: list[Entry] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)

    @property
    def new_people(self) -> list[Person]:
        """Whom an account is to be made for, each once, in the order of the list."""
        return list({id(entry.person): entry.person for entry in self.entries if entry.person.is_new}.values())

    @property
    def known_people(self) -> list[Person]:
        """Who has an account."""
        return list({id(entry.person): entry.person for entry in self.entries if not entry.person.is_new}.values())


@dataclass(frozen=True)
class Place:
    """Where a row brings somebody: a cohort, an organisation, a department of it, or the site alone."""

    cohort: Cohort | None = None
    organisation: Organisation | None = None
    department: Department | None = None


def plan_import(
    table: Table,
    reach: Reach,
    *,
    cohort: Cohort | None = None,
    organisation: Organisation | None = None,
    count: Counted = lambda done, total: None,
) -> Plan:
    """Check every row of a table and return what would be done; ``cohort`` holds for rows that name none.

    ``organisation`` is whose people they are where neither cohort nor department tells. ``count`` hears before
    each row how many are checked, and of how many, and may raise to stop.
    """
    plan = Plan(rows=table.count, errors=list(table.errors))
    found = _Checker(reach, cohort, organisation, table.rows)
    for done, row in enumerate(table.rows):
        count(done, len(table.rows))
        errors = list(found.problems(row))
        plan.errors += errors
        if not errors:
            plan.entries.append(found.entry(row))
    plan.errors.sort(key=lambda error: error.row)
    return plan


class _Checker:
    """Looks everything up once, then judges row by row."""

    def __init__(
        self, reach: Reach, cohort: Cohort | None, organisation: Organisation | None, rows: Sequence[Row]
    ) -> None:
        self.reach = reach
        # The page asked for the right when the list was chosen; the job that imports it runs later.
        self.default_cohort = cohort if cohort in reach.cohorts else None
        self.default_organisation = organisation or (reach.managed[0] if len(reach.managed) == 1 else None)
        self.cohorts = by_name(reach.cohorts)
        organisations = {each.organisation_id for each in reach.cohorts}
        self.cohort_departments = by_name(
            Department.objects.filter(organisation__in=organisations).select_related("organisation")
        )
        self.departments = by_name(reach.departments)
        self.by_email = users_by("email", [row.values.get("email", "") for row in rows])
        self.by_username = users_by("username", [row.values.get("username", "") for row in rows])
        cohorts = {each.pk for row in rows for each in self._cohorts_of(row)}
        self.members = members_by_name(cohorts)
        self.held = {(one.cohort_id, one.user_id, one.role): one for ones in self.members.values() for one in ones}
        self.people: dict[tuple[str, str], Person] = {}
        self.claimed: dict[tuple[object, ...], int] = {}

    # Places

    def _cohorts_of(self, row: Row) -> list[Cohort]:
        name = row.values.get("cohort", "")
        if not name:
            return [self.default_cohort] if self.default_cohort else []
        return self.cohorts.get(name.casefold(), [])

    def place(self, row: Row) -> Place:
        """Return where a good row leads."""
        role, name = row.values["role"], row.values.get("department", "").casefold()
        if role in COHORT_ROLES:
            cohort = self._cohorts_of(row)[0]
            inside = [
                one for one in self.cohort_departments.get(name, []) if one.organisation_id == cohort.organisation_id
            ]
            return Place(cohort, cohort.organisation, inside[0] if inside else cohort.department)
        if name:
            department = self.departments[name][0]
            return Place(None, department.organisation, department)
        return Place(None, self.default_organisation)

    def problems(self, row: Row) -> Iterator[CellError]:
        """Yield what is wrong with a row whose cells are right each by itself."""
        role = row.values["role"]
        if role not in self.reach.roles:
            yield row.error("role", _("You cannot give this role by a list."))
            return
        wrong_place = list(self._wrong_cohort(row) if role in COHORT_ROLES else self._wrong_department(row))
        yield from wrong_place
        yield from self._wrong_person(row)
        if not wrong_place:
            yield from self._wrong_role(row)

    def _wrong_cohort(self, row: Row) -> Iterator[CellError]:
        found, name = self._cohorts_of(row), row.values.get("department", "").casefold()
        if not found and not row.values.get("cohort"):
            yield row.error("cohort", _("Write the name of the cohort."))
        elif not found:
            yield row.error("cohort", _("You run no cohort of this name that is open."))
        elif len(found) > 1:
            yield row.error("cohort", _("Two cohorts have this name. Write: %(name)s.") % {"name": full_name(found[0])})
        elif name and not any(
            one.organisation_id == found[0].organisation_id for one in self.cohort_departments.get(name, [])
        ):
            yield row.error("department", _("The organisation of this cohort has no department of this name."))

    def _wrong_department(self, row: Row) -> Iterator[CellError]:
        name = row.values.get("department", "")
        found = self.departments.get(name.casefold(), [])
        if row.values.get("cohort"):
            yield row.error("cohort", _("This role is not held in a cohort. Leave this cell empty."))
        if name and not found:
            yield row.error("department", _("You look after no department of this name."))
        elif name and len(found) > 1:
            yield row.error(
                "department", _("Two departments have this name. Write: %(name)s.") % {"name": full_name(found[0])}
            )
        elif not name and row.values["role"] == MANAGER and self.default_organisation not in self.reach.managed:
            yield row.error("department", _("Write the department that this person will manage."))

    # People

    def _user_of(self, row: Row) -> User | None:
        address, name = row.values.get("email", ""), row.values.get("username", "")
        if address:
            return self.by_email.get(address.lower())
        if name:
            return self.by_username.get(name.lower())
        cohort = next(iter(self._cohorts_of(row)), None) if row.values["role"] in COHORT_ROLES else None
        members = self.members.get((cohort.pk, plain_name(row.values["name"])), []) if cohort else []
        return next((member.user for member in members if not member.user.email), None)

    def _key(self, row: Row) -> tuple[str, str]:
        address, name = row.values.get("email", ""), row.values.get("username", "")
        user = self._user_of(row)
        if user is not None:
            return "account", str(user.pk)
        if address:
            return "email", address.lower()
        if name:
            return "username", name.lower()
        # Of two people with one name in two cohorts nobody knows whether they are one.
        cohort = next(iter(self._cohorts_of(row)), None)
        return "name", f"{cohort.pk if cohort else 0}:{plain_name(row.values['name'])}"

    def _wrong_person(self, row: Row) -> Iterator[CellError]:
        address, name = row.values.get("email", ""), row.values.get("username", "")
        user, holder = self._user_of(row), self.by_username.get(name.lower()) if name else None
        if not address and not name and row.values["role"] not in COHORT_ROLES:
            yield row.error("email", _("Write an e-mail address or a user name."))
        if user and not user.is_active:
            yield row.error("email" if address else "username", _("This account is closed."))
        elif _is_somebody_else(row, user, holder):
            yield row.error("username", _("Somebody else has this user name. Leave the cell empty to get a free one."))
        yield from self._claimed_twice(row, user)

    def _claimed_twice(self, row: Row, user: User | None) -> Iterator[CellError]:
        key, name = self._key(row), row.values.get("username", "").lower()
        before = self.people.get(key)
        if before and plain_name(before.row.values["name"]) != plain_name(row.values["name"]):
            text = _("Row %(row)s has the same person with another name.") % {"row": before.row.number}
            yield row.error("name", text)
        if name and user is None:
            owner = self.claimed.setdefault(("username", name), row.number)
            if owner != row.number and (before is None or before.row.number != owner):
                yield row.error("username", _("Row %(row)s has this user name, too.") % {"row": owner})

    # Roles

    def _wrong_role(self, row: Row) -> Iterator[CellError]:
        place, role, key = self.place(row), row.values["role"], self._key(row)
        where = (place.cohort or place.department or place.organisation) if role != "trainer" else None
        claim = (key, where, role)
        first = self.claimed.setdefault(claim, row.number)
        if first != row.number:
            yield row.error("name", _("Row %(row)s says the same. Delete one of them.") % {"row": first})
        elif self.reach.actor and self._user_of(row) == self.reach.actor and not self._is_there(row):
            yield row.error("role", OwnRights.text)
        elif role in LEARNERS and place.cohort:
            yield from self._both_sides(row, place.cohort, role, key)

    def _both_sides(self, row: Row, cohort: Cohort, role: str, key: tuple[str, str]) -> Iterator[CellError]:
        (other,) = LEARNERS - {role}
        user = self._user_of(row)
        held = self.held.get((cohort.pk, user.pk, other)) if user else None
        is_other = held is not None and held.state != CohortMembership.State.LEFT
        if is_other or (key, cohort, other) in self.claimed:
            yield row.error("role", _("Nobody can be mentor and mentee in the same cohort."))

    def entry(self, row: Row) -> Entry:
        """Return what a good row does."""
        place, user, role = self.place(row), self._user_of(row), row.values["role"]
        person = self.people.setdefault(self._key(row), Person(row, user, place.organisation, place.department))
        return Entry(row, person, role, place.cohort, place.organisation, place.department, self._is_there(row))

    def _is_there(self, row: Row) -> bool:
        place, user = self.place(row), self._user_of(row)
        held = self.held.get((place.cohort.pk, user.pk, row.values["role"])) if place.cohort and user else None
        return held is not None and held.state != CohortMembership.State.LEFT


def _is_somebody_else(row: Row, user: User | None, holder: User | None) -> bool:
    """Return whether the user name belongs to another person than the one whom the row names."""
    if row.values.get("email"):
        return user is None and holder is not None
    return user is not None and plain_name(str(user)) != plain_name(row.values["name"])
