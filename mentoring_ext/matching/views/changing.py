"""One mentee in a run: why, where else, and the changes by hand."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.errors import DomainError, shown_in
from lms.http import PersonRequest, number_in, posted
from mentoring_ext.matching import actions, reports
from mentoring_ext.matching.board import Board
from mentoring_ext.matching.forms import MoveForm, ReasonForm
from mentoring_ext.matching.forms.changing import move_words
from mentoring_ext.matching.models import MatchRun, Proposal
from mentoring_ext.matching.naming import handle_of, key_of
from mentoring_ext.matching.reports.settling import cost_of_forbidding, cost_of_locking
from mentoring_ext.matching.views.fetching import proposal_of, run_of


@login_required
@require_safe
def proposal_detail(request: PersonRequest, cohort_pk: int, run_pk: int, pk: int) -> HttpResponse:
    proposal = proposal_of(request, cohort_pk, run_pk, pk)
    context = {"proposal": proposal, "run": proposal.run, **reports.reasons_for(proposal.run, proposal)}
    return render(request, "matching/proposal_detail.html", context)


@login_required
@require_safe
def proposal_places(request: PersonRequest, cohort_pk: int, run_pk: int, pk: int) -> HttpResponse:
    proposal = proposal_of(request, cohort_pk, run_pk, pk)
    found: dict[str, list[reports.Place]] = {}
    for place in reports.places_for(Board.of(proposal.run), proposal):
        found.setdefault(handle_of(place.mentor.pk) if place.mentor else "none", []).append(place)
    places = {mentor: reports.on_card(there) for mentor, there in found.items()}
    return JsonResponse({"mentee": str(proposal.mentee), "places": places})


@login_required
@require_http_methods(["GET", "POST"])
def proposal_move(request: PersonRequest, cohort_pk: int, run_pk: int, pk: int) -> HttpResponse:
    proposal = proposal_of(request, cohort_pk, run_pk, pk)
    run, place = proposal.run, request.GET.get("place", "")
    mentor = key_of(place.partition("-")[0])
    board = Board.of(run)
    former, total = proposal.mentor, board.total
    places = reports.places_for(board, proposal, mentor=mentor)
    form = MoveForm(posted(request), places=places, initial={"place": place, "seen": run.revision})
    if form.is_valid():
        to, partner = form.chosen
        with shown_in(form):
            moved = actions.move_mentee(
                run,
                proposal.mentee,
                to,
                actor=request.user,
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
                swap_with=partner,
                lock=form.cleaned_data["lock"],
                seen=form.cleaned_data["seen"],
            )
            messages.success(request, move_words(moved, former, total))
            return redirect(f"{run.get_absolute_url()}#mentee-{proposal.pk}")
    # Only who looks at the page waits for what takes longer to find out.
    form.offer(reports.with_outcomes(board, proposal, places, mentor=mentor))
    form.look_again(run.revision)
    context = _about(run, proposal) | {"form": form, "only": mentor is not None}
    context |= {"locked": board.is_locked(proposal.mentee_id)}
    return render(request, "matching/proposal_move.html", context, status=422 if form.errors else 200)


def _about(run: MatchRun, proposal: Proposal) -> dict[str, Any]:
    return {"run": run, "proposal": proposal, "score": reports.of_hundred(proposal.score)}


@login_required
@require_http_methods(["GET", "POST"])
def proposal_lock(request: PersonRequest, cohort_pk: int, run_pk: int, pk: int) -> HttpResponse:
    proposal = proposal_of(request, cohort_pk, run_pk, pk)
    run, form = proposal.run, ReasonForm(posted(request), initial={"seen": proposal.run.revision})
    if form.is_valid():
        with shown_in(form):
            actions.lock_pair(run, proposal, actor=request.user, at=timezone.now(), **form.cleaned_data)
            names = {"mentee": proposal.mentee, "mentor": proposal.mentor}
            messages.success(request, _("%(mentee)s stays with %(mentor)s when you solve again.") % names)
            return redirect(f"{run.get_absolute_url()}#mentee-{proposal.pk}")
    form.look_again(run.revision)
    context = _about(run, proposal) | {"form": form, "settled": cost_of_locking(run, proposal)}
    return render(request, "matching/proposal_lock.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def proposal_unlock(request: PersonRequest, cohort_pk: int, run_pk: int, pk: int) -> HttpResponse:
    proposal = proposal_of(request, cohort_pk, run_pk, pk)
    try:
        actions.unlock_pair(proposal.run, proposal, actor=request.user, at=timezone.now())
        messages.success(request, _("The lock is off."))
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect(f"{proposal.run.get_absolute_url()}#mentee-{proposal.pk}")


@login_required
@require_http_methods(["GET", "POST"])
def proposal_forbid(request: PersonRequest, cohort_pk: int, run_pk: int, pk: int) -> HttpResponse:
    proposal = proposal_of(request, cohort_pk, run_pk, pk)
    run, form = proposal.run, ReasonForm(posted(request), initial={"seen": proposal.run.revision})
    if form.is_valid():
        with shown_in(form):
            actions.forbid_pair(run, proposal, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("This pair is excluded. Solve again to find another place."))
            return redirect(f"{run.get_absolute_url()}#mentee-{proposal.pk}")
    form.look_again(run.revision)
    context = _about(run, proposal) | {"form": form, "settled": cost_of_forbidding(run, proposal)}
    return render(request, "matching/proposal_forbid.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def run_undo(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    run = run_of(request, cohort_pk, pk)
    seen = number_in(request.POST.get("seen"))
    try:
        change = actions.undo_change(run, actor=request.user, at=timezone.now(), seen=seen)
        messages.success(request, _("Undone: %(change)s.") % {"change": change})
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect(run)
