"""Checking and importing a list as a job."""

from datetime import datetime
from io import BytesIO
from typing import BinaryIO, cast

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.jobs.running import RunningJob
from lms.tables.columns import errors_csv
from mentoring_ext.invitations.actions import STEPS, check_people, import_people, places_of
from mentoring_ext.invitations.checked import Report, report_on
from mentoring_ext.invitations.errors import FileGone, ListHasErrors
from mentoring_ext.invitations.models import PeopleImport


def run_check(running: RunningJob) -> None:
    """Check the list that the job was given, with the rights of its owner, and leave the report and all errors."""
    if running.file is None:
        raise FileGone

    def count(done: int, total: int) -> None:
        running.stop_if_cancelled()
        running.count(done, total=total, note=_("Checking every row."))

    cohort, organisation = places_of(running.data)
    with running.file.file.open("rb") as file:
        plan = check_people(
            cast(BinaryIO, file), actor=running.owner, cohort=cohort, organisation=organisation, count=count
        )
    report = report_on(plan)
    if plan.errors:
        running.leave_file("errors.csv", BytesIO(errors_csv(plan.errors).encode()), "text/csv")
    url = reverse("mentoring_invitations:check_detail", args=[running.job_pk])
    running.leave(report.as_data(), url=url, sentence=_found(report))


def _found(report: Report) -> str:
    if not report.wrong:
        return _("The list is right. Nothing was written yet.")
    found = ngettext("%(number)s error was found.", "%(number)s errors were found.", report.wrong)
    return f"{found % {'number': report.wrong}} {_('Nothing was written.')}"


def run_import(running: RunningJob, at: datetime) -> None:
    """Import the list that the job was given, with the rights that its owner has now."""
    if running.file is None:
        raise FileGone
    notes = {
        "check": _("Checking every row."),
        "accounts": _("Making the accounts."),
        "roles": _("Bringing everybody into their places."),
        "end": _("Writing the report."),
    }

    def tell(step: str) -> None:
        running.stop_if_cancelled()
        running.count(STEPS.index(step), total=len(STEPS), note=notes[step])

    cohort, organisation = places_of(running.data)
    with running.file.file.open("rb") as file:
        _plan, made = import_people(
            cast(BinaryIO, file),
            actor=running.owner,
            at=at,
            name=running.file.name,
            cohort=cohort,
            organisation=organisation,
            tell=tell,
        )
    if made is None:
        raise ListHasErrors
    running.count(len(STEPS))
    counted = PeopleImport.objects.with_numbers().get(pk=made.pk)
    result = {"rows": made.rows, "created": counted.created_count, "known": counted.known_count}
    running.leave(result, url=made.get_absolute_url(), sentence=_sentence(counted.created_count, counted.known_count))


def _sentence(created: int, known: int) -> str:
    new = ngettext("%(number)s person was invited.", "%(number)s people were invited.", created) % {"number": created}
    if not known:
        return new
    there = ngettext("%(number)s had an account.", "%(number)s had an account.", known) % {"number": known}
    return f"{new} {there}"
