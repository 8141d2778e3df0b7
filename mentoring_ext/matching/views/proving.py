"""The protocol of a run, repeating it, and whether it treats groups of mentees alike."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lms.errors import DomainError
from lms.http import PersonRequest
from lms.journal.actions import record
from mentoring_ext.matching.actions.running import takes_long
from mentoring_ext.matching.equality_workbook import workbook_of
from mentoring_ext.matching.models import MatchRun
from mentoring_ext.matching.protocol import verify_run
from mentoring_ext.matching.repeating import kept_input, protocol_of, repeat_run
from mentoring_ext.matching.reports.equality import equality_of, fairness_of
from mentoring_ext.matching.reports.figures import of_hundred
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
    context["decided"] = decided_how(run)
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
    run = run_of(request, cohort_pk, pk)
    try:
        _repeat(request, run)
    except (Refused, DomainError, ValueError) as error:
        messages.error(request, _("Not confirmed: %(why)s.") % {"why": error})
    return redirect("mentoring_matching:run_protocol", cohort_pk, pk)


def _repeat(request: PersonRequest, run: MatchRun) -> None:
    """Say whether the proof holds and, when asked, whether the same pairs come out."""
    if "verify" in request.POST:
        verify_run(run)
        messages.success(request, _("The proof holds: rules, total and bound were computed again from the kept input."))
    elif takes_long(kept_input(run)):
        messages.info(request, _("This takes long. Let somebody run “manage.py repeat_run %(run)d”.") % {"run": run.pk})
    else:
        repeated = repeat_run(run)
        if repeated.is_same:
            messages.success(request, _("Repeated from the kept input: the same pairs came out."))
        else:
            text = _("Repeated from the kept input: %(number)d mentees came to another mentor.")
            messages.error(request, text % {"number": repeated.different})


@login_required
@require_safe
def run_equality(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    run = run_of(request, cohort_pk, pk)
    context: dict[str, Any] = {"run": run, "cohort": run.cohort}
    try:
        everybody, attributes = equality_of(run)
        context |= {"everybody": everybody, "attributes": attributes, "fairness": fairness_of(run)}
    except (Refused, DomainError) as error:
        context |= {"trouble": str(error)}
    return render(request, "matching/run_equality.html", context)


@login_required
@require_safe
def equality_file(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    run = run_of(request, cohort_pk, pk)
    try:
        content = workbook_of(*equality_of(run))
    except Refused as error:
        messages.error(request, str(error))
        return redirect("mentoring_matching:run_equality", cohort_pk, pk)
    record("exported", run, actor=request.user, context=run.cohort, at=timezone.now())
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="equal-treatment-{run.pk}.xlsx"'
    return response
