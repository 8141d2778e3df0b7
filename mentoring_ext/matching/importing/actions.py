"""Importing a file of mentors or mentees into a cohort, all or nothing."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import BinaryIO

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.files.models import StoredFile
from lms.jobs.actions import start_job
from lms.jobs.models import Job
from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import User
from mentoring_ext.invitations.actions import import_people
from mentoring_ext.matching.errors import FileHasErrors
from mentoring_ext.matching.importing.checked import CHECK, Report
from mentoring_ext.matching.importing.plan import KINDS, Counted, Entry, Profile, SheetPlan, plan_sheets
from mentoring_ext.profiles.actions import Filling, check_listed, fill_sheets, sheets_of
from mentoring_ext.programmes.models import Cohort, Role

SHEETS = {Role.MENTOR: "mentoring_profiles:mentor_sheet", Role.MENTEE: "mentoring_profiles:mentee_sheet"}


Tell = Callable[[str, int, int], None]
"""Hears of each step how many rows are done, and of how many; may raise to stop, and then nothing is written."""
CHECKING, INVITING, FILLING = "check", "invite", "fill"


def check_sheets(
    file: BinaryIO, *, cohort: Cohort, role: str, actor: User, count: Counted = lambda done, total: None
) -> SheetPlan:
    """Return what importing this file would do, and every error; nothing is written. ``count`` hears of each row."""
    plan, _people = plan_sheets(file, cohort=cohort, role=role, actor=actor, count=count)
    return plan


def start_sheet_check(stored: StoredFile, *, cohort: Cohort, role: str, actor: User, at: datetime) -> Job:
    """Check a long file as a job, which leaves a ``Report``; nothing is written."""
    title = _("Check the file “%(name)s”") % {"name": stored.name}
    return start_job(CHECK, actor=actor, title=title, data={"cohort": cohort.pk, "role": role}, at=at, file=stored)


def import_checked(check: Job, *, cohort: Cohort, actor: User, at: datetime) -> Job:
    """Import the file that a job checked. Raises ``FileHasErrors``."""
    if check.input_file is None or Report.from_data(check.result).wrong:
        raise FileHasErrors
    return start_sheet_import(check.input_file, cohort=cohort, role=check.data["role"], actor=actor, at=at)


def start_sheet_import(stored: StoredFile, *, cohort: Cohort, role: str, actor: User, at: datetime) -> Job:
    """Import a file that was checked, as a job; the job checks it again, as the world may have changed."""
    title = _("Fill in sheets by the file “%(name)s”") % {"name": stored.name}
    return start_job(
        "fill_sheets", actor=actor, title=title, data={"cohort": cohort.pk, "role": role}, at=at, file=stored
    )


def import_sheets(
    file: BinaryIO,
    *,
    cohort: Cohort,
    role: str,
    actor: User,
    at: datetime,
    name: str = "",
    tell: Tell = lambda step, done, total: None,
) -> SheetPlan:
    """Import a whole file or, with errors, nothing of it; return what was planned.

    Who is new gets an account and an invitation, who has one joins the cohort. Each sheet gets what the file tells,
    becomes complete with the agreement on paper and else waits for its owner. Complete sheets stay as they are, and so
    do those of people for whom the actor does not answer: they are asked to fill it in. The owners are told. Raises
    ``FileHasErrors`` where people changed meanwhile so that the file is not right any more.
    """
    # Checking is long and writes nothing: nobody has to wait for it with what they want to save.
    plan, people = plan_sheets(file, cohort=cohort, role=role, actor=actor, count=partial(tell, CHECKING))
    if not plan.errors:
        _bring_in(plan, people, cohort=cohort, role=role, actor=actor, at=at, name=name, tell=tell)
    return plan


@transaction.atomic
def _bring_in(
    plan: SheetPlan, people: bytes, *, cohort: Cohort, role: str, actor: User, at: datetime, name: str, tell: Tell
) -> None:
    """Make accounts and members and fill in the sheets, all or nothing; who completed the sheet meanwhile keeps it.

    All was checked before, so that nobody waits long for the database: this is one transaction of a few statements.
    """
    _invited, made = import_people(
        BytesIO(people),
        actor=actor,
        at=at,
        name=name,
        cohort=cohort,
        tell=lambda _step: tell(INVITING, 0, plan.rows),
    )
    if made is None:
        raise FileHasErrors
    brought = {each.row: each for each in made.people.select_related("user")}
    if any(entry.user is None and brought[number].was_elsewhere for number, entry in enumerate(plan.entries, start=2)):
        # Whose account came to be since the check: nobody asked yet whether the actor answers for this person.
        raise FileHasErrors
    users = {number: each.user for number, each in brought.items()}
    sheets = sheets_of(list(users.values()), KINDS[role])
    rows = [(entry, sheets[users[number].pk]) for number, entry in enumerate(plan.entries, start=2)]
    fillings = [
        (sheet, _as_it_is_now(entry, sheet)) for entry, sheet in rows if not entry.stays and not sheet.is_complete
    ]
    fill_sheets(fillings, actor=actor, at=at, count=lambda done: tell(FILLING, done, plan.rows))
    filled, page = [sheet.user for sheet, _filling in fillings], reverse(SHEETS[Role(role)])
    strange = [sheet.user for entry, sheet in rows if entry.is_strange and not sheet.is_complete]
    notify(strange, "sheet_entered", _("Please fill in your sheet. It decides who is brought together with you."), page)
    notify(filled, "sheet_entered", _("Your sheet was filled in for you. Please read it."), page)
    record("changed", cohort, actor=actor, context=cohort, at=at, data={"role": role, "sheets": len(filled)})


def _as_it_is_now(entry: Entry, sheet: Profile) -> Filling:
    """Return what a row fills in; checked again where somebody saved the sheet meanwhile. Raises ``FileHasErrors``."""
    if entry.filling is not None and entry.filling.holds_for(sheet):
        return entry.filling
    filling = check_listed(sheet if sheet.pk else None, type(sheet), entry.listed)
    if filling.wrong:
        raise FileHasErrors
    return filling
