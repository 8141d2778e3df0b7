"""The workbench: who is ready, weights with their effect, runs, their history, and two side by side."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.errors import DomainError, shown_in
from lms.http import PersonRequest, posted
from mentoring_ext.matching import actions, reports
from mentoring_ext.matching.actions import running
from mentoring_ext.matching.actions.running import input_of
from mentoring_ext.matching.actions.weighing import check_effect_in, check_weights_in
from mentoring_ext.matching.errors import EffectBusy
from mentoring_ext.matching.forms import CompareForm, RunForm
from mentoring_ext.matching.kept import Options
from mentoring_ext.matching.models import Change, MatchRequest, MatchRun, PairRule
from mentoring_ext.matching.models.run import LARGE_IN_RUN
from mentoring_ext.matching.naming import by_number, names_of_cohort
from mentoring_ext.matching.people import pool_of
from mentoring_ext.matching.protocol import verify_run
from mentoring_ext.matching.reports.effect import Effect, check_size
from mentoring_ext.matching.solver import Refused
from mentoring_ext.matching.solving import tables_of
from mentoring_ext.matching.views.fetching import cohort_of, run_of
from mentoring_ext.matching.views.turns import taking_turns
from mentoring_ext.programmes.models import Cohort

GROUPS = 60
"""How many groups stand on a page."""
SHOWN = 5
"""How many runs the workbench lists; the others stand in the history."""


@login_required
@require_http_methods(["GET", "POST"])
def run_list(request: PersonRequest, cohort_pk: int) -> HttpResponse:
    cohort = cohort_of(request, cohort_pk)
    newest = MatchRun.objects.filter(cohort=cohort).solved().first()
    form = RunForm(posted(request), cohort=cohort, before=newest)
    effect = None
    if form.is_valid():
        with shown_in(form):
            if "effect" in request.POST:
                effect = _effect(request, cohort, form, newest)
            else:
                run = actions.start_run(
                    cohort, actor=request.user, weights=form.weights, options=form.options, at=timezone.now()
                )
                return redirect(run.job or run)
    runs = MatchRun.objects.filter(cohort=cohort).for_lists()
    context = _bench(cohort) | {"form": form, "runs": runs[:SHOWN], "effect": effect, "newest": newest}
    return render(request, "matching/run_list.html", context, status=422 if form.errors else 200)


def _bench(cohort: Cohort) -> dict[str, Any]:
    pool = pool_of(cohort)
    not_ready = by_number(pool.not_ready, lambda person: person.user.pk)
    names, asked = names_of_cohort(cohort), reports.asked_in(cohort)
    return {"cohort": cohort, "pool": pool, "not_ready": not_ready, "names": names, "asked": asked}


@login_required
@require_POST
def run_effect(request: PersonRequest, cohort_pk: int) -> HttpResponse:
    cohort = cohort_of(request, cohort_pk)
    newest = MatchRun.objects.filter(cohort=cohort).solved().first()
    form = RunForm(request.POST, cohort=cohort, before=newest)
    effect: Effect | None = None
    if form.is_valid():
        with shown_in(form):
            effect = _effect(request, cohort, form, newest)
    # A part of a page, with what is wrong in words: while somebody types that is no failure.
    answer = render(request, "matching/_effect.html", {"effect": effect, "form": form, "newest": newest})
    if form.has_error(NON_FIELD_ERRORS, EffectBusy.code):
        answer["Retry-After"] = "1"
    return answer


def _effect(request: PersonRequest, cohort: Cohort, form: RunForm, newest: MatchRun | None) -> Effect:
    """Work out one effect after the other for a person, however fast the sliders move."""
    with taking_turns(f"pairing-effect:{request.user.pk}") as is_free:
        if not is_free:
            raise EffectBusy
        check_size(cohort)
        given = input_of(cohort, form.weights, form.options)
        check_weights_in(cohort, form.weights)
        effect = reports.effect_of(given, newest)
        check_effect_in(cohort, form.weights, effect.placed - len(given.settled.fixed))
        return effect


@login_required
@require_safe
def run_detail(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    run = run_of(request, cohort_pk, pk)
    if not run.has_result:
        return render(request, "matching/run_waiting.html", {"run": run, "cohort": run.cohort})
    shown = _shown(run)
    page = Paginator(shown["groups"], GROUPS).get_page(request.GET.get("page"))
    page.object_list = reports.with_hours(run, list(page.object_list), shown.pop("tables"))
    return render(request, "matching/run_detail.html", {"run": run, "cohort": run.cohort, "page": page} | shown)


def _shown(run: MatchRun) -> dict[str, Any]:
    """Return what the page of a solved run shows; of a very large one not what takes long to work out."""
    proposals = reports.proposals_of(run)
    tables = tables_of(bytes(run.input)) if run.people * run.mentors.count() <= running.MOST_AT_ONCE else None
    groups = reports.groups_of(run, proposals, tables)
    left = by_number((p for p in proposals if p.mentor_id is None), lambda proposal: proposal.mentee_id)
    return {
        "groups": groups,
        "locked": any(lock for group in groups for _proposal, lock in group.rows),
        "no_hour": sum(group.has_no_hour for group in groups),
        "tables": tables,
        "alone": reports.alone_in_words(run),
        "left": left,
        "helping": reports.helping_in(run, proposals, tables) if left else None,
        "placed": len(proposals) - len(left),
        "people": len(proposals),
        "total": reports.of_hundred(sum(proposal.score for proposal in proposals)),
        "best_total": reports.of_hundred(run.total),
        "bound": reports.of_hundred(run.bound),
        "by_hand": reports.by_hand_in(run, proposals),
        "moved": any(proposal.is_moved for proposal in proposals),
        "last_change": run.changes.filter(undone_at=None).select_related("mentee", "partner").first(),
        "stale": reports.stale_in(run) if run.is_open else [],
        "options": Options.of(run.options),
        "honesty": reports.honesty_of(run),
        "names": names_of_cohort(run.cohort),
        "asked": reports.asked_in(run.cohort),
        "verified": _is_verified(run) if tables else None,
        "moved_since": reports.moved_since(run, proposals) if run.is_published else [],
    }


def _is_verified(run: MatchRun) -> bool:
    try:
        verify_run(run)
    except (Refused, ValueError):
        return False
    return True


@login_required
@require_POST
def run_again(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    run = run_of(request, cohort_pk, pk)
    options = running.options_again(run)
    try:
        again = actions.start_run(
            run.cohort, actor=request.user, weights=run.weights, options=options, at=timezone.now(), parent=run
        )
    except DomainError as error:
        messages.error(request, str(error.text))
        return redirect(run)
    if again.job is None:
        locked = PairRule.objects.filter(cohort=run.cohort, kind=PairRule.Kind.FIXED).exists()
        messages.success(
            request, _("Solved again. The locked pairs stayed together.") if locked else _("Solved again.")
        )
    return redirect(again.job or again)


@login_required
@require_POST
def run_cancel(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    run = run_of(request, cohort_pk, pk)
    try:
        actions.cancel_run(run, actor=request.user, at=timezone.now())
        messages.success(request, _("Stopped."))
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect("mentoring_matching:run_list", cohort_pk)


@login_required
@require_safe
def run_history(request: PersonRequest, cohort_pk: int) -> HttpResponse:
    cohort = cohort_of(request, cohort_pk)
    runs = MatchRun.objects.filter(cohort=cohort).for_lists().select_related("made_by", "published_by", "parent")
    people = ("mentee", "mentor", "former", "partner", "made_by", "undone_by", "run")
    changes = Change.objects.filter(run__cohort=cohort).select_related(*people).defer(*LARGE_IN_RUN)
    asked = MatchRequest.objects.filter(group__cohort=cohort, state=MatchRequest.State.ACCEPTED)
    accepted = asked.select_related("group", "answered_by").order_by("-answered_at")
    context = {"cohort": cohort, "runs": runs, "changes": changes[:200], "accepted": accepted}
    return render(request, "matching/run_history.html", context)


@login_required
@require_safe
def run_compare(request: PersonRequest, cohort_pk: int) -> HttpResponse:
    cohort = cohort_of(request, cohort_pk)
    runs = MatchRun.objects.filter(cohort=cohort).solved().for_lists()
    newest = [run.pk for run in runs[:2]]
    chosen = request.GET if "first" in request.GET else dict(zip(("second", "first"), newest, strict=False))
    form = CompareForm(chosen, runs=runs)
    two = form.cleaned_data if len(newest) > 1 and form.is_valid() else None
    context = {
        "cohort": cohort,
        "form": form,
        "comparison": reports.compare(two["first"], two["second"]) if two else None,
        "enough": len(newest) > 1,
    }
    wrong = bool(form.errors) and len(newest) > 1
    return render(request, "matching/run_compare.html", context, status=422 if wrong else 200)
