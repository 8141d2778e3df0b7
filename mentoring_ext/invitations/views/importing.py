"""Choosing a list, checking it, and starting the import."""

from typing import Any, BinaryIO, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from lms.errors import shown_in
from lms.files.forms import stored_value
from lms.files.models import StoredFile
from lms.http import PersonRequest, posted
from lms.people.permissions import require
from lms.text.safe_cell import safe_cell
from mentoring_ext.invitations import actions
from mentoring_ext.invitations.errors import FileGone
from mentoring_ext.invitations.forms import ListForm
from mentoring_ext.invitations.permissions import reach_of
from mentoring_ext.invitations.plan import Plan
from mentoring_ext.invitations.sheet import as_csv, example
from mentoring_ext.invitations.views.downloads import csv_response
from mentoring_ext.programmes.models import Cohort

SHOWN = 200
PREVIEW = 25


def _cohort(request: PersonRequest, pk: int | None) -> Cohort | None:
    """Return the cohort whose page it is, after asking for the right to invite."""
    require(request.user, "mentoring_invitations.invite_by_list")
    if pk is None:
        return None
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user).with_phase(), pk=pk)
    require(request.user, "mentoring_programmes.invite_to_cohort", cohort)
    return cohort


@login_required
def import_new(request: PersonRequest, pk: int | None = None) -> HttpResponse:
    cohort = _cohort(request, pk)
    reach = reach_of(request.user)
    form = ListForm(posted(request), request.FILES or None, reach=reach, for_cohort=cohort is not None)
    plan = None
    if form.is_valid():
        with shown_in(form):
            stored, plan = _checked(request, form, cohort)
            if "errors" in request.POST and plan.errors:
                return _errors_csv(plan)
            if "import" in request.POST and not plan.errors:
                return redirect(_start(request, form, stored, cohort))
    context: dict[str, Any] = {"form": form, "cohort": cohort, "plan": plan}
    if plan:
        context |= {"errors": plan.errors[:SHOWN], "entries": plan.entries[:PREVIEW]}
        context |= {"left_out": len(plan.errors) - SHOWN, "more": len(plan.entries) - PREVIEW}
    failed = form.is_bound and (plan is None or bool(plan.errors))
    return render(request, "invitations/import_new.html", context, status=422 if failed else 200)


def _checked(request: PersonRequest, form: ListForm, cohort: Cohort | None) -> tuple[StoredFile, Plan]:
    stored = stored_value(form, "file", actor=request.user)
    if stored is None:
        raise FileGone
    with stored.file.open("rb") as file:
        organisation = form.cleaned_data.get("organisation")
        plan = actions.check_people(cast(BinaryIO, file), actor=request.user, cohort=cohort, organisation=organisation)
    # Kept for the next step, so that nobody has to choose it again.
    form.fields["file"].widget.kept = stored
    return stored, plan


def _start(request: PersonRequest, form: ListForm, stored: StoredFile, cohort: Cohort | None) -> str:
    organisation = form.cleaned_data.get("organisation")
    job = actions.start_import(stored, actor=request.user, at=timezone.now(), cohort=cohort, organisation=organisation)
    return job.get_absolute_url()


def _errors_csv(plan: Plan) -> HttpResponse:
    texts = [(error.column, error.value, error.message) for error in plan.errors]
    rows = [(error.row, *map(safe_cell, text)) for error, text in zip(plan.errors, texts, strict=True)]
    return csv_response("errors.csv", as_csv([("row", "column", "value", "message"), *rows]))


@login_required
def import_example(request: PersonRequest, pk: int | None = None) -> HttpResponse:
    cohort = _cohort(request, pk)
    first = cohort or next(iter(reach_of(request.user).cohorts), None)
    return csv_response("people.csv", example(first.name if first else ""))
