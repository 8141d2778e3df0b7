"""Importing a list as a job."""

from datetime import datetime
from typing import BinaryIO, cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.jobs.running import RunningJob
from lms.people.models import Organisation
from mentoring_ext.invitations.actions import STEPS, import_people
from mentoring_ext.invitations.errors import FileGone, ListHasErrors
from mentoring_ext.invitations.models import PeopleImport
from mentoring_ext.programmes.models import Cohort


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

    cohort = Cohort.objects.filter(pk=running.data["cohort"] or 0).first()
    organisation = Organisation.objects.filter(pk=running.data["organisation"] or 0).first()
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
