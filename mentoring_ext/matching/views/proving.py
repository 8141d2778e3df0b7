"""The protocol of a run, repeating it, and whether it treats groups of mentees alike."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.errors import DomainError
from lms.http import PersonRequest
from lms.journal.actions import record
from mentoring_ext.matching.actions import proving
from mentoring_ext.matching.actions.equality import make_report, report_beside
from mentoring_ext.matching.equality_workbook import workbook_of
from mentoring_ext.matching.kept import Options
from mentoring_ext.matching.models import EqualityReport, MatchRun
from mentoring_ext.matching.repeating import kept_input, protocol_of
from mentoring_ext.matching.reports.alone import alone_in_words
from mentoring_ext.matching.reports.by_hand import moves_of
from mentoring_ext.matching.reports.equality import fairness_in_points, in_words
from mentoring_ext.matching.reports.figures import of_hundred
from mentoring_ext.matching.reports.honesty import honesty_of
from mentoring_ext.matching.reports.naming import decided_how
from mentoring_ext.matching.solver import Refused
from mentoring_ext.matching.views.fetching import run_of
from mentoring_ext.matching.words import in_order, words_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def run_protocol(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    run = run_of(request, cohort_pk, pk)
    weights = [(words_of(name)[0], weight) for name, weight in in_order(run.weights)]
    totals = {"total": of_hundred(run.total), "bound": of_hundred(run.bound)}
    context = {"run": run, "cohort": run.cohort, "weights": weights, "kind": run.certificate.get("kind"), **totals}
    context |= {"decided": decided_how(run), "honesty": honesty_of(run), "options": Options.of(run.options)}
    context |= {"alone": alone_in_words(run), "moves": moves_of(run).count()}
    return render(request, "matching/run_protocol.html", context)


@login_required
@require_safe
def protocol_file(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    run = run_of(request, cohort_pk, pk)
    record("exported", run, actor=request.user, context=run.cohort, at=timezone.now())
    text = json.dumps(protocol_of(run), indent=1, sort_keys=True)
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="pairing-{run.pk}.json"'
    return response


@login_required
@require_POST
def run_repeat(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    run, repeat = run_of(request, cohort_pk, pk), "verify" not in request.POST
    try:
        if proving.confirming_takes_long(run, repeat=repeat):
            return redirect(proving.start_confirming(run, repeat=repeat, actor=request.user, at=timezone.now()))
        messages.success(request, proving.confirm_by_repeating(run) if repeat else proving.confirm_proof(run))
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect("mentoring_matching:run_protocol", cohort_pk, pk)


@login_required
@require_http_methods(["GET", "POST"])
def run_equality(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    run = run_of(request, cohort_pk, pk)
    if request.method == "POST":
        try:
            report = make_report(run, actor=request.user, at=timezone.now())
            if not report.fairness:
                messages.info(request, _("The price of fairness is not worked out for so many people."))
        except (Refused, DomainError) as error:
            messages.error(request, str(error))
        return redirect("mentoring_matching:run_equality", cohort_pk, pk)
    context = {"run": run, "cohort": run.cohort, "honesty": honesty_of(run)}
    return render(request, "matching/run_equality.html", context | _equality(run))


def _equality(run: MatchRun) -> dict[str, Any]:
    report = EqualityReport.objects.filter(run=run).first()
    if report is None:
        return {"beside": report_beside(run), "trouble": not _is_kept(run)}
    everybody, attributes = in_words(report.figures)
    fairness = fairness_in_points(report.fairness)
    return {"report": report, "everybody": everybody, "attributes": attributes, "fairness": fairness}


def _is_kept(run: MatchRun) -> bool:
    try:
        kept_input(run)
    except Refused:
        return False
    return True


@login_required
@require_safe
def equality_file(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    run = run_of(request, cohort_pk, pk)
    report = EqualityReport.objects.filter(run=run).first()
    if report is None:
        messages.info(request, _("There is no report of this pairing yet."))
        return redirect("mentoring_matching:run_equality", cohort_pk, pk)
    content = workbook_of(*in_words(report.figures), fairness_in_points(report.fairness))
    record("exported", run, actor=request.user, context=run.cohort, at=timezone.now())
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="equal-treatment-{run.pk}.xlsx"'
    return response
