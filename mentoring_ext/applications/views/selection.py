"""The selection report of a call."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.errors import DomainError, shown_in
from lms.http import PersonRequest, posted
from lms.people.permissions import require
from lms.privacy.actions import record_reading
from lms.recognition.errors import PdfUnavailable
from lms.recognition.pdf import pdf_of
from mentoring_ext.applications import actions
from mentoring_ext.applications.forms.selection import GuideForm, ReportForm, SignForm
from mentoring_ext.applications.models import Call, SelectionReport
from mentoring_ext.applications.permissions import calls_reported_to
from mentoring_ext.applications.reports import compile_selection
from mentoring_ext.applications.views.fetching import call_of


def _call(request: PersonRequest, pk: int) -> Call:
    calls = Call.objects.filter(calls_reported_to(request.user)).select_related("cohort", "organisation")
    call = get_object_or_404(calls, pk=pk)
    require(request.user, "mentoring_applications.view_selection", call)
    return call


def _content(report: SelectionReport) -> dict[str, Any]:
    content: dict[str, Any] | None = report.content
    return content or compile_selection(report, actions.guide_of(report.call.organisation))


@login_required
def selection_report(request: PersonRequest, pk: int) -> HttpResponse:
    call = _call(request, pk)
    return _report_page(request, call, SignForm())


def _report_page(request: PersonRequest, call: Call, form: SignForm, status: int = 200) -> HttpResponse:
    report = actions.report_of(call)
    report.call = call
    reads = _reads_rows(request, call)
    context = {
        "call": call,
        "report": report,
        "content": _content(report),
        "form": form,
        "reads_rows": reads,
        "may_change": request.user.has_perm("mentoring_applications.change_call", call),
        "undecided": call.applications.undecided().count(),
    }
    return render(request, "applications/selection_report.html", context, status=status)


def _reads_rows(request: PersonRequest, call: Call) -> bool:
    """Return whether the person reads what is said about each applicant; that is written down."""
    reads = request.user.has_perm("mentoring_applications.read_selection", call)
    if reads:
        record_reading(call, reader=request.user, about=None, what=_("Selection report"), at=timezone.now())
    return reads


@login_required
def selection_edit(request: PersonRequest, pk: int) -> HttpResponse:
    call = call_of(request, pk)
    report, guide = actions.report_of(call), actions.guide_of(call.organisation)
    report_form = ReportForm(posted(request), instance=report, prefix="report")
    guide_form = GuideForm(posted(request), instance=guide, prefix="guide")
    if report_form.is_valid() and guide_form.is_valid():
        with shown_in(report_form):
            at = timezone.now()
            actions.change_report(call, actor=request.user, at=at, **report_form.cleaned_data)
            if guide_form.has_changed():
                actions.change_guide(call.organisation, actor=request.user, at=at, **guide_form.cleaned_data)
            messages.success(request, _("The words of the report are saved."))
            return redirect("mentoring_applications:selection_report", pk)
    context = {"call": call, "report_form": report_form, "guide_form": guide_form}
    return render(request, "applications/selection_edit.html", context, status=422 if report_form.is_bound else 200)


@login_required
@require_POST
def selection_close(request: PersonRequest, pk: int) -> HttpResponse:
    call = call_of(request, pk)
    form = SignForm(request.POST)
    if form.is_valid():
        with shown_in(form):
            actions.close_report(call, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("The selection report is closed. It stays as it is now."))
            return redirect("mentoring_applications:selection_report", pk)
    return _report_page(request, call, form, status=422)


@login_required
@require_POST
def selection_reopen(request: PersonRequest, pk: int) -> HttpResponse:
    call = call_of(request, pk)
    try:
        actions.reopen_report(call, actor=request.user, at=timezone.now())
        messages.success(request, _("The selection report is open again. Close it when you are done."))
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect("mentoring_applications:selection_report", pk)


@login_required
def selection_pdf(request: PersonRequest, pk: int) -> HttpResponse:
    call = _call(request, pk)
    report = actions.report_of(call)
    report.call = call
    context = {"call": call, "report": report, "content": _content(report), "reads_rows": _reads_rows(request, call)}
    try:
        pdf = pdf_of(render_to_string("applications/selection_print.html", context, request))
    except PdfUnavailable as error:
        messages.error(request, str(error.text))
        return redirect("mentoring_applications:selection_report", pk)
    headers = {"Content-Disposition": f'attachment; filename="selection-report-{call.pk}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
