"""Programmes: the list, copying one to a department, and adapting the copy."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lms.errors import DomainError, shown_in
from lms.http import PersonRequest, ask_first, number_in, posted
from lms.people.permissions import require
from mentoring_ext.evaluation.models import EvaluationForm
from mentoring_ext.programmes import actions
from mentoring_ext.programmes.forms import CopyForm, PhaseForm, PlanForm, WordsForm
from mentoring_ext.programmes.models import Phase, Programme, SessionPlan


def _programme(request: PersonRequest, slug: str) -> Programme:
    programmes = Programme.objects.visible_to(request.user).select_related("organisation", "department")
    return get_object_or_404(programmes, slug=slug)


def _plan(request: PersonRequest, pk: int) -> SessionPlan:
    seen = Programme.objects.visible_to(request.user).order_by()
    plans = SessionPlan.objects.filter(programme__in=seen).select_related("programme__organisation")
    plan = get_object_or_404(plans, pk=pk)
    require(request.user, "mentoring_programmes.change_programme", plan.programme)
    return plan


@login_required
@require_safe
def programme_list(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_programmes.transfer_programme")
    programmes = Programme.objects.visible_to(request.user).select_related("organisation", "department", "copied_from")
    shipped = next((programme for programme in programmes if programme.organisation_id is None), None)
    sets_for_all = shipped is not None and request.user.has_perm("mentoring_matching.set_defaults", shipped)
    context = {"programmes": programmes, "sets_for_all": sets_for_all}
    return render(request, "programmes/programme_list.html", context)


@login_required
def programme_copy(request: PersonRequest, slug: str) -> HttpResponse:
    programme = _programme(request, slug)
    require(request.user, "mentoring_programmes.transfer_programme")
    form = CopyForm(posted(request), user=request.user, programme=programme)
    if form.is_valid():
        with shown_in(form):
            copy = actions.transfer_programme(programme, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("“%(name)s” is there. Adapt it to your department.") % {"name": copy})
            return redirect("mentoring_programmes:programme_edit", slug=copy.slug)
    counts = {
        "phases": programme.phases.count(),
        "plans": programme.session_plans.count(),
        "outcomes": programme.outcomes.count(),
        "courses": programme.programme_courses.count(),
        "forms": EvaluationForm.objects.filter(programme=programme).count(),
        "checklists": programme.checklists.filter(
            organisation=programme.organisation, department=programme.department
        ).count(),
    }
    context = {"programme": programme, "form": form, "counts": counts}
    return render(request, "programmes/programme_copy.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def programme_edit(request: PersonRequest, slug: str) -> HttpResponse:
    programme = _programme(request, slug)
    require(request.user, "mentoring_programmes.change_programme", programme)
    plans = list(programme.session_plans.all())
    context = {
        "programme": programme,
        "phases": programme.phases.all(),
        "plans": [(plan, place - 1, place + 1 if place + 1 < len(plans) else 0) for place, plan in enumerate(plans)],
        "in_use": programme.cohorts.exists(),
    }
    return render(request, "programmes/programme_edit.html", context)


@login_required
def programme_words(request: PersonRequest, slug: str) -> HttpResponse:
    programme = _programme(request, slug)
    require(request.user, "mentoring_programmes.change_programme", programme)
    form = WordsForm(posted(request), initial={"name": programme.name, "summary": programme.summary})
    if form.is_valid():
        with shown_in(form):
            actions.change_programme(programme, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("mentoring_programmes:programme_edit", slug=slug)
    return _part(request, _("Name and summary"), form, _programme(request, slug))


@login_required
def phase_edit(request: PersonRequest, pk: int) -> HttpResponse:
    seen = Programme.objects.visible_to(request.user).order_by()
    phase = get_object_or_404(Phase.objects.filter(programme__in=seen).select_related("programme"), pk=pk)
    require(request.user, "mentoring_programmes.change_programme", phase.programme)
    form = PhaseForm(posted(request), initial={"name": phase.name, "text": phase.text})
    if form.is_valid():
        actions.change_phase(phase, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("mentoring_programmes:programme_edit", slug=phase.programme.slug)
    return _part(request, _("Phase: %(name)s") % {"name": phase}, form, phase.programme)


@login_required
def plan_new(request: PersonRequest, slug: str) -> HttpResponse:
    programme = _programme(request, slug)
    require(request.user, "mentoring_programmes.change_programme", programme)
    form = PlanForm(posted(request))
    if form.is_valid():
        with shown_in(form):
            actions.write_plan(programme, None, actor=request.user, words=form.cleaned_data)
            messages.success(request, _("The session is added at the end."))
            return redirect("mentoring_programmes:programme_edit", slug=slug)
    return _part(request, _("Add a session"), form, programme)


@login_required
def plan_edit(request: PersonRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    initial = {name: getattr(plan, name) for name in ("title", "topic", "text", "activities")}
    form = PlanForm(posted(request), initial=initial)
    if form.is_valid():
        actions.write_plan(plan.programme, plan, actor=request.user, words=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("mentoring_programmes:programme_edit", slug=plan.programme.slug)
    return _part(request, _("Session %(plan)s") % {"plan": plan}, form, plan.programme)


@login_required
@require_POST
def plan_order(request: PersonRequest, pk: int) -> HttpResponse:
    plan, place = _plan(request, pk), number_in(request.POST.get("place"))
    try:
        if place is not None:
            actions.order_plan(plan, actor=request.user, place=place)
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect("mentoring_programmes:programme_edit", slug=plan.programme.slug)


@login_required
def plan_remove(request: PersonRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    if request.method != "POST":
        question = _("Take the session “%(plan)s” out?") % {"plan": plan.title}
        text = _("Its plan and its activities are deleted. The sessions after it move up by one.")
        back = reverse("mentoring_programmes:programme_edit", args=[plan.programme.slug])
        return ask_first(request, question, text, button=_("Take the session out"), back=back)
    try:
        actions.remove_plan(plan, actor=request.user)
        messages.success(request, _("The session is taken out."))
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect("mentoring_programmes:programme_edit", slug=plan.programme.slug)


def _part(
    request: PersonRequest, title: str, form: PhaseForm | PlanForm | WordsForm, programme: Programme
) -> HttpResponse:
    context = {"heading": title, "form": form, "programme": programme}
    return render(request, "programmes/programme_part.html", context, status=422 if form.is_bound else 200)
