"""The coordinator's page for bringing a file into a cohort."""

from typing import Any, BinaryIO, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lms.errors import shown_in
from lms.files.forms import stored_value
from lms.files.models import StoredFile
from lms.http import PersonRequest, posted
from lms.people.permissions import require
from mentoring_ext.matching.errors import FileHasErrors
from mentoring_ext.matching.importing import actions
from mentoring_ext.matching.importing.forms import SheetFileForm
from mentoring_ext.matching.importing.plan import SheetPlan, columns_of
from mentoring_ext.matching.models import NamesStep
from mentoring_ext.matching.views.hiding import needs_names
from mentoring_ext.programmes.models import Cohort, Role

SHOWN = 200
PREVIEW = 25


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
    plan = None
    if form.is_valid():
        with shown_in(form):
            stored, plan = _checked(request, form, cohort)
            if "import" in request.POST and not plan.errors:
                role = form.cleaned_data["role"]
                at = timezone.now()
                return redirect(actions.start_sheet_import(stored, cohort=cohort, role=role, actor=request.user, at=at))
    context: dict[str, Any] = {"form": form, "cohort": cohort, "plan": plan}
    if plan:
        context |= {"errors": plan.errors[:SHOWN], "entries": plan.entries[:PREVIEW]}
        context |= {"left_out": len(plan.errors) - SHOWN, "more": len(plan.entries) - PREVIEW}
    failed = form.is_bound and (plan is None or bool(plan.errors))
    return render(request, "matching/sheet_import.html", context, status=422 if failed else 200)


def _checked(request: PersonRequest, form: SheetFileForm, cohort: Cohort) -> tuple[StoredFile, SheetPlan]:
    stored = stored_value(form, "file", actor=request.user)
    if stored is None:
        raise FileHasErrors
    with stored.file.open("rb") as file:
        role = form.cleaned_data["role"]
        plan = actions.check_sheets(cast(BinaryIO, file), cohort=cohort, role=role, actor=request.user)
    # Kept for the next step, so that nobody has to choose it again.
    form.fields["file"].widget.kept = stored
    return stored, plan


@login_required
@require_safe
def sheet_example(request: PersonRequest, cohort_pk: int, side: str) -> HttpResponse:
    _cohort(request, cohort_pk)
    role = Role.MENTOR if side == "mentors" else Role.MENTEE
    headings = ",".join(column.name for column in columns_of(role))
    response = HttpResponse(f"\ufeff{headings}\r\n", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{side}.csv"'
    return response
