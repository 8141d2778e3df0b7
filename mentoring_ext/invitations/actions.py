"""Importing a list of people as a whole, and invitations on paper."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lms.files.models import StoredFile
from lms.jobs.actions import start_job
from lms.jobs.models import Job
from lms.journal.actions import record
from lms.people.actions import (
    NewPerson,
    grant_organisation_role,
    grant_site_role,
    invite_people,
    make_codes,
    reopen_invitations,
    resend_invitation,
    withdraw_invitation,
)
from lms.people.models import Invitation, Organisation, User
from lms.tables.columns import Table
from mentoring_ext.invitations.checked import CHECK, Report
from mentoring_ext.invitations.choices import COHORT_ROLES, MANAGER, ROLES
from mentoring_ext.invitations.errors import FileGone, ListHasErrors
from mentoring_ext.invitations.models import ImportedPerson, PeopleImport
from mentoring_ext.invitations.permissions import reach_of
from mentoring_ext.invitations.plan import Counted, Entry, Person, Plan, plan_import
from mentoring_ext.invitations.printing import waiting_for_paper
from mentoring_ext.invitations.sheet import read_people
from mentoring_ext.invitations.waiting import open_invitations
from mentoring_ext.programmes.actions import add_members, leave_cohort
from mentoring_ext.programmes.models import Cohort, CohortMembership

TRIES = 3
BATCH = 500
STEPS = ("check", "accounts", "roles", "end")
Tell = Callable[[str], None]
WORDS = dict(ROLES)


def check_people(
    file: BinaryIO,
    *,
    actor: User | None,
    cohort: Cohort | None = None,
    organisation: Organisation | None = None,
    count: Counted = lambda done, total: None,
) -> Plan:
    """Return what importing this list would do, and every error; nothing is written.

    ``count`` hears of each row and may raise to stop. Raises what ``lms.tables.reading.read_table`` raises for a file
    that is no list.
    """
    reach = reach_of(actor)
    table = read_people(file, reach.roles)
    return plan_import(table, reach, cohort=cohort, organisation=organisation, count=count)


def start_check(
    stored: StoredFile,
    *,
    actor: User,
    at: datetime,
    cohort: Cohort | None = None,
    organisation: Organisation | None = None,
) -> Job:
    """Check a long list as a job, which leaves a ``Report``; nothing is written."""
    title = _("Check the list “%(name)s”") % {"name": stored.name}
    return start_job(CHECK, actor=actor, title=title, data=_places(cohort, organisation), at=at, file=stored)


def start_import(
    stored: StoredFile,
    *,
    actor: User,
    at: datetime,
    cohort: Cohort | None = None,
    organisation: Organisation | None = None,
) -> Job:
    """Import a list that was checked, as a job; the job checks it again, as the world may have changed."""
    title = _("Invite people by the list “%(name)s”") % {"name": stored.name}
    return start_job("invite_people", actor=actor, title=title, data=_places(cohort, organisation), at=at, file=stored)


def import_checked(check: Job, *, actor: User, at: datetime) -> Job:
    """Import the list that a job checked, for the places it was checked for.

    Raises ``ListHasErrors`` ("list_has_errors") and ``FileGone`` ("file_gone").
    """
    if Report.from_data(check.result).errors:
        raise ListHasErrors
    if check.input_file is None:
        raise FileGone
    places = places_of(check.data)
    return start_import(check.input_file, actor=actor, at=at, cohort=places[0], organisation=places[1])


def places_of(data: dict[str, int | None]) -> tuple[Cohort | None, Organisation | None]:
    """Return the cohort and the organisation that a job's list is for, where they are still there."""
    cohort = Cohort.objects.filter(pk=data["cohort"] or 0).first()
    return cohort, Organisation.objects.filter(pk=data["organisation"] or 0).first()


def _places(cohort: Cohort | None, organisation: Organisation | None) -> dict[str, int | None]:
    return {"cohort": cohort.pk if cohort else None, "organisation": organisation.pk if organisation else None}


def import_people(
    file: BinaryIO,
    *,
    actor: User | None,
    at: datetime,
    name: str = "",
    cohort: Cohort | None = None,
    organisation: Organisation | None = None,
    tell: Tell = lambda step: None,
) -> tuple[Plan, PeopleImport | None]:
    """Import a whole list or nothing of it; return what was planned and, without errors, the import.

    People who have an account join and are told; everybody else gets an account and an invitation. The same list once
    more makes nobody again. ``tell`` hears of each step and may raise to stop. Raises what ``check_people`` raises.
    """
    table = read_people(file, reach_of(actor).roles)
    for attempt in range(TRIES):
        try:
            return _import(table, actor, at, name, cohort, organisation, tell)
        except IntegrityError:
            # Somebody else brought in one of these people in the same moment: looking again finds them.
            if attempt == TRIES - 1:
                raise
    raise AssertionError


@transaction.atomic
def _import(
    table: Table,
    actor: User | None,
    at: datetime,
    name: str,
    cohort: Cohort | None,
    organisation: Organisation | None,
    tell: Tell,
) -> tuple[Plan, PeopleImport | None]:
    tell("check")
    plan = plan_import(table, reach_of(actor), cohort=cohort, organisation=organisation)
    if plan.errors:
        return plan, None
    tell("accounts")
    new = {id(person) for person in plan.new_people}
    _make_accounts(plan.new_people, plan.entries, actor, at)
    reopen_invitations([person.user for person in plan.known_people if person.user], at=at)
    tell("roles")
    _give_cohort_roles(plan.entries, actor, at)
    _give_other_roles(plan.entries, actor)
    made = PeopleImport.objects.create(made_by=actor, made_at=at, file_name=name[:200], rows=plan.rows)
    ImportedPerson.objects.bulk_create(
        [
            ImportedPerson(
                people_import=made,
                user=entry.person.user,
                row=entry.row.number,
                cohort=entry.cohort,
                role=entry.role,
                is_new=id(entry.person) in new,
                has_joined=not entry.is_there,
            )
            for entry in plan.entries
        ],
        batch_size=BATCH,
    )
    record("created", made, actor=actor, data={"rows": plan.rows, "created": len(new)}, at=at)
    tell("end")
    return plan, made


def _make_accounts(people: Sequence[Person], entries: Iterable[Entry], actor: User | None, at: datetime) -> None:
    reasons: dict[int, str] = {}
    for entry in entries:
        reasons.setdefault(id(entry.person), _reason(entry))
    users = invite_people([_new_person(person, reasons[id(person)]) for person in people], actor=actor, at=at)
    for person, user in zip(people, users, strict=True):
        person.user = user


def _reason(entry: Entry) -> str:
    where = entry.cohort or entry.department or entry.organisation
    words = {"where": where, "role": str(WORDS[entry.role]).lower()}
    return _("%(where)s, as %(role)s") % words if where else str(WORDS[entry.role])


def _new_person(person: Person, reason: str) -> NewPerson:
    values = person.row.values
    first, _space, last = values["name"].rpartition(" ")
    return NewPerson(
        first_name=(first or last)[:150],
        last_name=(last if first else "")[:150],
        email=values.get("email", ""),
        username=values.get("username", ""),
        language=values.get("language") or NewPerson.language,
        organisation=person.organisation,
        department=person.department,
        reason=reason,
    )


def _give_cohort_roles(entries: Iterable[Entry], actor: User | None, at: datetime) -> None:
    groups: dict[tuple[Cohort, str], list[User]] = defaultdict(list)
    for entry in entries:
        if entry.cohort and entry.person.user:
            groups[entry.cohort, entry.role].append(entry.person.user)
    for (cohort, role), people in groups.items():
        add_members(cohort, people, actor=actor, role=role, at=at)


def _give_other_roles(entries: Iterable[Entry], actor: User | None) -> None:
    for entry in entries:
        user = entry.person.user
        if entry.role in COHORT_ROLES or user is None:
            continue
        if entry.role == MANAGER and entry.organisation:
            grant_organisation_role(user, entry.organisation, MANAGER, actor=actor, department=entry.department)
        elif entry.role != MANAGER:
            grant_site_role(user, entry.role, actor=actor)


@transaction.atomic
def print_invitations(people: QuerySet[User], *, actor: User, reason: str, at: datetime) -> list[tuple[User, str]]:
    """Make a one-time code for each of these people who wait for one, and return who gets which, to be printed now.

    Only for those who have no address, never signed in, and hold no role beyond the cohorts that ``actor`` runs: a
    paper is a key to an account.
    """
    waiting = list(waiting_for_paper(actor).filter(pk__in=people.order_by().values("pk")))
    codes = make_codes(waiting, actor=actor, reason=reason, at=at)
    return [(user, codes[user.pk]) for user in waiting]


@transaction.atomic
def send_failed_again(*, actor: User, at: datetime) -> int:
    """Mail every open invitation once more whose mail could not be sent, as far as ``actor`` looks after them.

    Returns how many are on their way.
    """
    failed = list(open_invitations(actor).filter(mailed_at=None, failed_at__isnull=False).exclude(user__email=""))
    for invitation in failed:
        resend_invitation(invitation, actor=actor, at=at)
    return len(failed)


@transaction.atomic
def take_back_invitation(invitation: Invitation, *, actor: User, at: datetime) -> Invitation:
    """Take an invitation back, and with it the person's part in the cohorts that they were invited to.

    Raises ``InvitationUsed`` ("invitation_used") and what ``leave_cohort`` raises.
    """
    for membership in CohortMembership.objects.present().filter(user=invitation.user_id).select_related("cohort"):
        leave_cohort(membership, actor=actor, at=at)
    return withdraw_invitation(invitation, actor=actor, at=at)
