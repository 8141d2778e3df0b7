"""Choosing a list, checking it, and starting the import."""

from typing import BinaryIO, TypedDict, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from lms.errors import DomainError, shown_in
from lms.files.forms import stored_value
from lms.files.models import StoredFile
from lms.http import PersonRequest, posted
from lms.jobs.models import Job
from lms.people.models import Organisation
from lms.people.permissions import require
from lms.tables.columns import errors_csv
from mentoring_ext.invitations import actions
from mentoring_ext.invitations.checked import CHECK, Report, report_on
from mentoring_ext.invitations.errors import FileGone
from mentoring_ext.invitations.forms import ListForm
from mentoring_ext.invitations.permissions import reach_of
from mentoring_ext.invitations.plan import Plan
from mentoring_ext.invitations.sheet import example, is_long
from mentoring_ext.invitations.views.downloads import csv_response
from mentoring_ext.programmes.models import Cohort


class _Places(TypedDict):
    cohort: Cohort | None
    organisation: Organisation | None


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
    form = _list_form(request, cohort)
    report = None
    if form.is_valid():
        with shown_in(form):
            stored = _stored(request, form)
            places = _Places(cohort=cohort, organisation=form.cleaned_data.get("organisation"))
            if _is_long(stored):
                return redirect(actions.start_check(stored, actor=request.user, at=timezone.now(), **places))
            plan = _plan(request, stored, places)
            if "errors" in request.POST and plan.errors:
                return csv_response("errors.csv", errors_csv(plan.errors))
            if "import" in request.POST and not plan.errors:
                return redirect(actions.start_import(stored, actor=request.user, at=timezone.now(), **places))
            report = report_on(plan)
    failed = form.is_bound and (report is None or bool(report.errors))
    context = {"form": form, "cohort": cohort, "report": report}
    return render(request, "invitations/import_new.html", context, status=422 if failed else 200)


def _list_form(request: PersonRequest, cohort: Cohort | None) -> ListForm:
    reach = reach_of(request.user)
    return ListForm(posted(request), request.FILES or None, reach=reach, for_cohort=cohort is not None)


def _stored(request: PersonRequest, form: ListForm) -> StoredFile:
    stored = stored_value(form, "file", actor=request.user)
    if stored is None:
        raise FileGone
    # Kept for the next step, so that nobody has to choose it again.
    form.fields["file"].widget.kept = stored
    return stored


def _is_long(stored: StoredFile) -> bool:
    with stored.file.open("rb") as file:
        return is_long(cast(BinaryIO, file))


def _plan(request: PersonRequest, stored: StoredFile, places: _Places) -> Plan:
    with stored.file.open("rb") as file:
        return actions.check_people(cast(BinaryIO, file), actor=request.user, **places)


@login_required
def check_detail(request: PersonRequest, pk: int) -> HttpResponse:
    checks = Job.objects.visible_to(request.user).filter(kind=CHECK, state=Job.State.DONE)
    check = get_object_or_404(checks.select_related("input_file"), pk=pk)
    cohort = _cohort(request, check.data["cohort"])
    if request.method == "POST":
        try:
            return redirect(actions.import_checked(check, actor=request.user, at=timezone.now()))
        except DomainError as error:
            messages.error(request, str(error.text))
            return redirect("mentoring_invitations:check_detail", pk)
    form = ListForm(reach=reach_of(request.user), for_cohort=cohort is not None)
    context = {"check": check, "cohort": cohort, "form": form, "report": Report.from_data(check.result)}
    return render(request, "invitations/check_detail.html", context)


@login_required
def import_example(request: PersonRequest, pk: int | None = None) -> HttpResponse:
    cohort = _cohort(request, pk)
    first = cohort or next(iter(reach_of(request.user).cohorts), None)
    return csv_response("people.csv", example(first.name if first else ""))
