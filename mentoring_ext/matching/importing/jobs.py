"""Checking a long file, and importing one into a cohort, as jobs."""

from datetime import datetime
from io import BytesIO
from typing import BinaryIO, cast

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.files.models import StoredFile
from lms.jobs.running import RunningJob
from lms.tables.columns import errors_csv
from mentoring_ext.matching.errors import FileHasErrors
from mentoring_ext.matching.importing.actions import CHECKING, FILLING, INVITING, check_sheets, import_sheets
from mentoring_ext.matching.importing.checked import Report, report_on
from mentoring_ext.programmes.models import Cohort


def run_sheet_check(running: RunningJob) -> None:
    """Check the file that the job was given, row by row; leave the report and all errors. Nothing is written."""
    cohort, stored = _given(running)

    def count(done: int, total: int) -> None:
        running.stop_if_cancelled()
        running.count(done, total=total, note=_("Checking every row."))

    with stored.file.open("rb") as file:
        plan = check_sheets(
            cast(BinaryIO, file), cohort=cohort, role=running.data["role"], actor=running.owner, count=count
        )
    report = report_on(plan)
    if plan.errors:
        running.leave_file("errors.csv", BytesIO(errors_csv(plan.errors).encode()), "text/csv")
    url = reverse("mentoring_matching:sheet_check", args=[cohort.pk, running.job_pk])
    running.leave(report.as_data(), url=url, sentence=_found(report))


def _found(report: Report) -> str:
    if not report.wrong:
        return _("The file is right. Nothing was written yet.")
    found = ngettext("%(number)s error was found.", "%(number)s errors were found.", report.wrong)
    return f"{found % {'number': report.wrong}} {_('Nothing was written.')}"


def run_sheet_import(running: RunningJob, at: datetime) -> None:
    """Import the file that the job was given, with the rights that its owner has now; stopped, it writes nothing."""
    cohort, stored = _given(running)
    notes = {
        CHECKING: _("Checking every row."),
        INVITING: _("Making the accounts and the invitations."),
        FILLING: _("Filling in the sheets."),
    }

    def tell(step: str, done: int, total: int) -> None:
        running.stop_if_cancelled()
        running.count(done, total=total, note=notes[step])

    with stored.file.open("rb") as file:
        plan = import_sheets(
            cast(BinaryIO, file),
            cohort=cohort,
            role=running.data["role"],
            actor=running.owner,
            at=at,
            name=stored.name,
            tell=tell,
        )
    if plan.errors:
        raise FileHasErrors
    running.count(plan.rows)
    counted = {"invited": plan.new, "complete": plan.complete, "drafts": plan.drafts, "staying": plan.staying}
    sentence = _(
        "Complete sheets: %(complete)s. Sheets for their owners to finish: %(drafts)s. Left as they were: %(staying)s. "
        "New people: %(invited)s."
    )
    url = reverse("mentoring_matching:run_list", args=[cohort.pk])
    running.leave(counted, url=url, sentence=sentence % counted)


def _given(running: RunningJob) -> tuple[Cohort, StoredFile]:
    """Return cohort and file of a job. Raises ``FileHasErrors`` where one is gone or the owner may not pair."""
    cohort = Cohort.objects.filter(pk=running.data["cohort"]).first()
    if running.file is None or cohort is None or not running.owner.has_perm("mentoring_matching.pair", cohort):
        raise FileHasErrors
    return cohort, running.file
