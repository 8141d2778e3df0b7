"""Cohorts: the list, opening one, its page, its phases, and the public map of a programme."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.errors import DomainError, shown_in
from lms.http import PersonRequest
from lms.people.permissions import require
from mentoring_ext.programmes import actions
from mentoring_ext.programmes.checklist import gates_of
from mentoring_ext.programmes.errors import ItemsOpen
from mentoring_ext.programmes.forms import CohortForm
from mentoring_ext.programmes.models import Cohort, Phase, Programme
from mentoring_ext.programmes.overview import next_step, overview_of, own_readiness
from mentoring_ext.programmes.process import map_for, map_of


def cohort_of(request: PersonRequest, pk: int) -> Cohort:
    """Return a cohort that the person may see, or answer 404."""
    return get_object_or_404(Cohort.objects.visible_to(request.user).with_phase(), pk=pk)


def programme_detail(request: HttpRequest, slug: str) -> HttpResponse:
    programme = get_object_or_404(Programme, slug=slug)
    plans = programme.session_plans.prefetch_related("outcomes")
    context = {"programme": programme, "process": map_of(programme), "plans": plans}
    return render(request, "programmes/programme_detail.html", context)


@login_required
def cohort_list(request: PersonRequest) -> HttpResponse:
    cohorts = Cohort.objects.visible_to(request.user).with_phase().with_numbers()
    may_open = request.user.has_perm("mentoring_programmes.open_cohort")
    keeps = request.user.has_perm("mentoring_programmes.keep_checklists")
    context = {"cohorts": cohorts, "may_open": may_open, "may_keep_checklists": keeps}
    return render(request, "programmes/cohort_list.html", context)


@login_required
def cohort_new(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_programmes.open_cohort")
    form = CohortForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        with shown_in(form):
            cohort = actions.open_cohort(actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("“%(cohort)s” is open. Now invite mentors and mentees.") % {"cohort": cohort})
            return redirect(cohort)
    return render(request, "programmes/cohort_new.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
def cohort_detail(request: PersonRequest, pk: int) -> HttpResponse:
    cohort, user = cohort_of(request, pk), request.user
    require(user, "mentoring_programmes.view_cohort", cohort)
    process = map_for(cohort)
    context = {"cohort": cohort, "process": process, "own": own_readiness(cohort, user)}
    context["own_groups"] = cohort.groups.of(user).with_state(timezone.now()).with_people()
    if user.has_perm("mentoring_programmes.view_figures", cohort):
        seen = overview_of(cohort, timezone.now())
        context |= {
            "seen": seen,
            "shows_people": user.has_perm("mentoring_programmes.view_members", cohort),
            "may_invite": user.has_perm("mentoring_programmes.invite_to_cohort", cohort),
            "may_see_checklist": user.has_perm("mentoring_programmes.view_checklist", cohort),
            "may_run": user.has_perm("mentoring_programmes.run_cohort", cohort),
            "next_step": next_step(cohort, process, seen),
        }
    return render(request, "programmes/cohort_detail.html", context)


@login_required
@require_POST
def phase_start(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    cohort = cohort_of(request, pk)
    require(request.user, "mentoring_programmes.run_cohort", cohort)
    phase = get_object_or_404(Phase, programme=cohort.programme, code=code)
    try:
        actions.start_phase(cohort, phase, actor=request.user)
        messages.success(request, _("The phase “%(phase)s” has started. Everybody was told.") % {"phase": phase})
    except ItemsOpen as error:
        return _refused(request, cohort, phase, error)
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect(cohort)


def _refused(request: PersonRequest, cohort: Cohort, phase: Phase, error: ItemsOpen) -> HttpResponse:
    extends = request.user.has_perm("mentoring_programmes.extend_checklist", cohort)
    context = {"cohort": cohort, "gates": gates_of(cohort), "may_extend": extends}
    context |= {"refused": error.items, "refused_phase": phase}
    return render(request, "programmes/checklist.html", context, status=409)


@login_required
def cohort_finish(request: PersonRequest, pk: int) -> HttpResponse:
    cohort = cohort_of(request, pk)
    require(request.user, "mentoring_programmes.run_cohort", cohort)
    if request.method == "POST":
        try:
            actions.finish_cohort(cohort, actor=request.user, at=timezone.now())
            messages.success(request, _("“%(cohort)s” is finished.") % {"cohort": cohort})
        except DomainError as error:
            messages.error(request, str(error.text))
        return redirect(cohort)
    return render(request, "programmes/cohort_finish.html", {"cohort": cohort})
