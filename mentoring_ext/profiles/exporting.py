"""Handing out the filtered list as a workbook: at once when it is short, else as a job."""

from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.jobs.running import RunningJob
from lms.people.models import User
from lms.people.permissions import require
from lms.plugins import JobKind
from mentoring_ext.profiles.finding import Row, search, with_free_places
from mentoring_ext.profiles.forms.search import MentorSearch
from mentoring_ext.profiles.models import MentorProfile, MentorProfileQuerySet, prepared_mentors
from mentoring_ext.profiles.workbook import CONTENT_TYPE, NAME, workbook_of

AT_ONCE = 1000
"""A longer list is written by the worker."""
CHUNK = 500


def found_for(user: User, wanted: dict[str, Any]) -> MentorProfileQuerySet:
    """Return the mentors that ``user`` may see and that fit the filters, the newest first."""
    everybody = MentorProfile.objects.visible_to(user).entered()
    return search(everybody, wanted).newest_first().select_related("user")


def response_of(mentors: MentorProfileQuerySet) -> HttpResponse:
    """Return the workbook of a short list as an answer."""
    rows = with_free_places(list(mentors))
    response = HttpResponse(_written(rows), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{NAME}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _written(rows: list[Row]) -> bytes:
    users = [row.mentor.user_id for row in rows]
    return workbook_of(rows, prepared=set(prepared_mentors().filter(user__in=users).values_list("user", flat=True)))


def kind() -> JobKind:
    """Return the job that writes a long list."""
    return JobKind(name="mentors_export", label=gettext_lazy("Mentors as a spreadsheet"), run=run)


def run(running: RunningJob) -> None:
    """Write the workbook of the filters in ``data``, for what the owner may see at this moment."""
    require(running.owner, "mentoring_profiles.view_mentors")
    form = MentorSearch(running.data["filters"])
    keys = list(found_for(running.owner, form.cleaned_data if form.is_valid() else {}).values_list("pk", flat=True))
    rows: list[Row] = []
    for start in range(0, len(keys), CHUNK):
        some = MentorProfile.objects.select_related("user").in_bulk(keys[start : start + CHUNK])
        rows += with_free_places([some[key] for key in keys[start : start + CHUNK] if key in some])
        running.count(len(rows), len(keys))
        running.stop_if_cancelled()
    running.leave_file(NAME, BytesIO(_written(rows)), CONTENT_TYPE)
    running.leave({"mentors": len(rows)}, sentence=_("%(number)s mentors are in the file.") % {"number": len(rows)})
