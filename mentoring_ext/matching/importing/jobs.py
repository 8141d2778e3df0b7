"""Importing a file into a cohort as a job."""

from datetime import datetime
from typing import BinaryIO, cast

from django.urls import reverse
from django.utils.translation import gettext as _

from lms.jobs.running import RunningJob
from mentoring_ext.matching.errors import FileHasErrors
from mentoring_ext.matching.importing.actions import import_sheets
from mentoring_ext.programmes.models import Cohort


def run_sheet_import(running: RunningJob, at: datetime) -> None:
    """Import the file that the job was given, with the rights that its owner has now."""
    cohort = Cohort.objects.filter(pk=running.data["cohort"]).first()
    if running.file is None or cohort is None or not running.owner.has_perm("mentoring_matching.pair", cohort):
        raise FileHasErrors
    running.count(0, total=1, note=_("Filling in the sheets."))
    with running.file.file.open("rb") as file:
        plan = import_sheets(
            cast(BinaryIO, file),
            cohort=cohort,
            role=running.data["role"],
            actor=running.owner,
            at=at,
            name=running.file.name,
        )
    if plan.errors:
        raise FileHasErrors
    running.count(1)
    counted = {"invited": plan.new, "complete": plan.complete, "drafts": plan.drafts, "staying": plan.staying}
    sentence = _(
        "Complete sheets: %(complete)s. Sheets for their owners to finish: %(drafts)s. Left as they were: %(staying)s. "
        "New people: %(invited)s."
    )
    url = reverse("mentoring_matching:run_list", args=[cohort.pk])
    running.leave(counted, url=url, sentence=sentence % counted)
