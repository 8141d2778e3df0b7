"""The coordinator's pages of the pairing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.errors import DomainError, add_to_form
from lms.http import PersonRequest
from lms.people.permissions import require
from mentoring_ext.matching import actions, reports
from mentoring_ext.matching.forms import MoveForm, WeightsForm
from mentoring_ext.matching.models import MatchRun, Proposal
from mentoring_ext.matching.people import pool_of
from mentoring_ext.matching.protocol import verify_run
from mentoring_ext.matching.solver import Refused
from mentoring_ext.programmes.models import Cohort


@login_required
@require_http_methods(["GET", "POST"])
def run_list(request: PersonRequest, cohort_pk: int) -> HttpResponse:
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user).with_phase(), pk=cohort_pk)
    require(request.user, "mentoring_matching.pair", cohort)
    runs = MatchRun.objects.filter(cohort=cohort).select_related("made_by")
    newest = runs.first()
    typed = request.POST if request.method == "POST" else None
    form = WeightsForm(typed, weights=newest.weights if newest else None)
    if request.method == "POST" and form.is_valid():
        try:
            run = actions.run_matching(cohort, actor=request.user, weights=form.cleaned_data, at=timezone.now())
        except DomainError as error:
            add_to_form(form, error)
        else:
            return redirect(run)
    context = {"cohort": cohort, "form": form, "pool": pool_of(cohort), "runs": runs}
    return render(request, "matching/run_list.html", context, status=422 if form.errors else 200)


def _run(request: PersonRequest, cohort_pk: int, pk: int) -> MatchRun:
    """Return a run of the cohort; 404 for strangers, 403 for those who may not pair."""
    runs = MatchRun.objects.visible_to(request.user).select_related("cohort__programme", "made_by")
    run = get_object_or_404(runs, cohort=cohort_pk, pk=pk)
    require(request.user, "mentoring_matching.pair", run.cohort)
    return run


@login_required
@require_safe
def run_detail(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    run = _run(request, cohort_pk, pk)
    proposals = reports.proposals_of(run)
    context = {
        "run": run,
        "groups": reports.groups_of(run, proposals),
        "left_over": reports.left_over_of(run, proposals),
        "placed": sum(proposal.mentor_id is not None for proposal in proposals),
        "people": len(proposals),
        "total": reports.of_hundred(sum(proposal.score for proposal in proposals)),
        "best_total": reports.of_hundred(run.total),
        "by_hand": reports.change_by_hand(run, proposals),
        "moved": any(proposal.moved_because for proposal in proposals),
        "verified": _is_verified(run),
    }
    return render(request, "matching/run_detail.html", context)


def _is_verified(run: MatchRun) -> bool:
    try:
        verify_run(run)
    except Refused:
        return False
    return True


@login_required
@require_http_methods(["GET", "POST"])
def run_publish(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    run = _run(request, cohort_pk, pk)
    proposals = reports.proposals_of(run)
    if request.method == "POST":
        try:
            actions.publish_run(run, actor=request.user, at=timezone.now())
        except DomainError as error:
            messages.error(request, str(error.text))
            return redirect(run)
        messages.success(request, _("Published. The groups are open, and everybody in them knows."))
        return redirect(run)
    groups = [group for group in reports.groups_of(run, proposals) if group.proposals]
    left = [proposal for proposal in proposals if proposal.mentor_id is None]
    return render(request, "matching/run_publish.html", {"run": run, "groups": groups, "left": left})


def _proposal(request: PersonRequest, cohort_pk: int, run_pk: int, pk: int) -> Proposal:
    run = _run(request, cohort_pk, run_pk)
    proposal = get_object_or_404(run.proposals.select_related("mentee", "mentor"), pk=pk)
    proposal.run = run
    return proposal


@login_required
@require_safe
def proposal_detail(request: PersonRequest, cohort_pk: int, run_pk: int, pk: int) -> HttpResponse:
    proposal = _proposal(request, cohort_pk, run_pk, pk)
    context = {"proposal": proposal, "run": proposal.run, **reports.reasons_for(proposal.run, proposal)}
    return render(request, "matching/proposal_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def proposal_move(request: PersonRequest, cohort_pk: int, run_pk: int, pk: int) -> HttpResponse:
    proposal = _proposal(request, cohort_pk, run_pk, pk)
    run = proposal.run
    form = MoveForm(request.POST if request.method == "POST" else None, run=run, proposal=proposal)
    if request.method == "POST" and form.is_valid():
        mentor, other = form.chosen
        reason = form.cleaned_data["reason"]
        try:
            moved = actions.move_mentee(
                run, proposal.mentee, mentor, actor=request.user, reason=reason, swap_with=other
            )
        except DomainError as error:
            add_to_form(form, error)
        else:
            messages.success(request, _words_of_move(moved))
            return redirect(run)
    context = {"run": run, "proposal": proposal, "form": form, "score": reports.of_hundred(proposal.score)}
    return render(request, "matching/proposal_move.html", context, status=422 if form.errors else 200)


def _words_of_move(moved: Proposal) -> str:
    change = reports.of_hundred(moved.moved_cost)
    names = {"mentee": moved.mentee, "mentor": moved.mentor, "points": abs(change)}
    if change < 0:
        return _("%(mentee)s is with %(mentor)s now. The whole lost %(points)s points by this.") % names
    return _("%(mentee)s is with %(mentor)s now. The whole won %(points)s points by this.") % names
