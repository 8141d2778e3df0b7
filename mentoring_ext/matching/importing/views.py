"""The coordinator's page for bringing a file into a cohort."""

from typing import BinaryIO, TypedDict, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lms.errors import DomainError, shown_in
from lms.files.forms import stored_value
from lms.files.models import StoredFile
from lms.http import PersonRequest, posted
from lms.jobs.models import Job
from lms.people.models import User
from lms.people.permissions import require
from mentoring_ext.matching.errors import FileHasErrors
from mentoring_ext.matching.importing import actions
from mentoring_ext.matching.importing.checked import CHECK, Report, report_on
from mentoring_ext.matching.importing.forms import SheetFileForm
from mentoring_ext.matching.importing.plan import columns_of, is_long
from mentoring_ext.matching.models import NamesStep
from mentoring_ext.matching.views.hiding import needs_names
from mentoring_ext.programmes.models import Cohort, Role


class _Given(TypedDict):
    cohort: Cohort
    role: str
    actor: User


def _cohort(request: PersonRequest, pk: int) -> Cohort:
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user).with_phase(), pk=pk)
    require(request.user, "mentoring_matching.pair", cohort)
    return cohort


@login_required
@require_http_methods(["GET", "POST"])
@needs_names(NamesStep.Page.IMPORT)
def sheet_import(request: PersonRequest, cohort_pk: int) -> HttpResponse:
    cohort = _cohort(request, cohort_pk)
    form = SheetFileForm(posted(request), request.FILES or None)
    report = None
    if form.is_valid():
        with shown_in(form):
            stored = _stored(request, form)
            given = _Given(cohort=cohort, role=form.cleaned_data["role"], actor=request.user)
            if _is_long(stored):
                return redirect(actions.start_sheet_check(stored, at=timezone.now(), **given))
            report = _report(stored, given)
            if "import" in request.POST and not report.wrong:
                return redirect(actions.start_sheet_import(stored, at=timezone.now(), **given))
    failed = form.is_bound and (report is None or bool(report.wrong))
    context = {"form": form, "cohort": cohort, "report": report}
    return render(request, "matching/sheet_import.html", context, status=422 if failed else 200)


def _stored(request: PersonRequest, form: SheetFileForm) -> StoredFile:
    stored = stored_value(form, "file", actor=request.user)
    if stored is None:
        raise FileHasErrors
    # Kept for the next step, so that nobody has to choose it again.
    form.fields["file"].widget.kept = stored
    return stored


def _is_long(stored: StoredFile) -> bool:
    with stored.file.open("rb") as file:
        return is_long(cast(BinaryIO, file))


def _report(stored: StoredFile, given: _Given) -> Report:
    with stored.file.open("rb") as file:
        return report_on(actions.check_sheets(cast(BinaryIO, file), **given))


@login_required
@require_http_methods(["GET", "POST"])
@needs_names(NamesStep.Page.IMPORT)
def sheet_check(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    cohort = _cohort(request, cohort_pk)
    checks = Job.objects.visible_to(request.user).filter(kind=CHECK, state=Job.State.DONE, data__cohort=cohort.pk)
    check = get_object_or_404(checks.select_related("input_file"), pk=pk)
    if request.method == "POST":
        try:
            return redirect(actions.import_checked(check, cohort=cohort, actor=request.user, at=timezone.now()))
        except DomainError as error:
            messages.error(request, str(error.text))
            return redirect("mentoring_matching:sheet_check", cohort_pk, pk)
    report = Report.from_data(check.result)
    form = SheetFileForm(initial={"role": check.data["role"]})
    context = {"check": check, "cohort": cohort, "report": report, "form": form}
    return render(request, "matching/sheet_check.html", context)


@login_required
@require_safe
def sheet_example(request: PersonRequest, cohort_pk: int, side: str) -> HttpResponse:
    _cohort(request, cohort_pk)
    role = Role.MENTOR if side == "mentors" else Role.MENTEE
    headings = ",".join(column.name for column in columns_of(role))
    response = HttpResponse(f"\ufeff{headings}\r\n", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{side}.csv"'
    return response
