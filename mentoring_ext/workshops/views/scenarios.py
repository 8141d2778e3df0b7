"""The library of scenarios of use."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.errors import shown_in
from lms.http import PersonRequest, asked_place, posted
from lms.people.permissions import require
from mentoring_ext.workshops import actions
from mentoring_ext.workshops.forms import PartForm, ScenarioForm
from mentoring_ext.workshops.models import Scenario, ScenarioPart

PAGE = 30


@login_required
def scenario_list(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_workshops.read_scenarios")
    words, after = request.GET.get("q", "").strip(), request.GET.get("after", "")
    found = Scenario.objects.visible_to(request.user).searched(words).select_related("organisation")
    rows = list(found.filter(title__gt=after).distinct()[: PAGE + 1])
    context = {
        "scenarios": rows[:PAGE],
        "following": rows[PAGE - 1].title if len(rows) > PAGE else "",
        "words": words,
        "may_write": request.user.has_perm("mentoring_workshops.plan_workshops"),
    }
    return render(request, "workshops/scenario_list.html", context)


@login_required
def scenario_detail(request: PersonRequest, pk: int) -> HttpResponse:
    scenario = _scenario(request, pk)
    keeps = request.user.has_perm("mentoring_workshops.keep_scenario", scenario)
    context = {"scenario": scenario, "parts": scenario.parts.all(), "keeps": keeps}
    return render(request, "workshops/scenario_detail.html", context)


@login_required
def scenario_new(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_workshops.plan_workshops")
    return _write(request, None)


@login_required
def scenario_edit(request: PersonRequest, pk: int) -> HttpResponse:
    return _write(request, _kept(request, pk))


def _write(request: PersonRequest, scenario: Scenario | None) -> HttpResponse:
    form = ScenarioForm(posted(request), user=request.user, instance=scenario)
    if form.is_valid():
        with shown_in(form):
            before = Scenario.objects.get(pk=scenario.pk) if scenario else None
            saved = actions.write_scenario(before, actor=request.user, values=form.cleaned_data, at=timezone.now())
            messages.success(request, _("The scenario is saved. Add its parts."))
            return redirect(saved)
    context = {"form": form, "scenario": scenario}
    return render(request, "workshops/scenario_form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def scenario_publish(request: PersonRequest, pk: int) -> HttpResponse:
    scenario = _kept(request, pk)
    published = request.POST.get("published") == "yes"
    actions.publish_scenario(scenario, actor=request.user, published=published, at=timezone.now())
    text = _("Every mentor finds it in the library now.") if published else _("It is out of the library.")
    messages.success(request, text)
    return redirect(scenario)


@login_required
def part_new(request: PersonRequest, pk: int) -> HttpResponse:
    scenario = _kept(request, pk)
    form = PartForm(posted(request))
    if form.is_valid():
        actions.add_part(scenario, actor=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The part is added."))
        return redirect(scenario)
    return _part_page(request, scenario, form)


@login_required
def part_edit(request: PersonRequest, pk: int) -> HttpResponse:
    part = _part(request, pk)
    form = PartForm(posted(request), instance=part)
    if form.is_valid():
        before = ScenarioPart.objects.select_related("scenario__organisation").get(pk=pk)
        actions.change_part(before, actor=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The part is saved."))
        return redirect(part.scenario)
    return _part_page(request, part.scenario, form)


@login_required
@require_POST
def part_move(request: PersonRequest, pk: int) -> HttpResponse:
    part = _part(request, pk)
    actions.move_part(part, actor=request.user, place=asked_place(request, part.order), at=timezone.now())
    return redirect(f"{part.scenario.get_absolute_url()}#part-{pk}")


@login_required
@require_POST
def part_remove(request: PersonRequest, pk: int) -> HttpResponse:
    part = _part(request, pk)
    actions.remove_part(part, actor=request.user, at=timezone.now())
    messages.success(request, _("The part is removed."))
    return redirect(part.scenario)


def _part_page(request: PersonRequest, scenario: Scenario, form: PartForm) -> HttpResponse:
    context = {"scenario": scenario, "form": form}
    return render(request, "workshops/part_form.html", context, status=422 if form.is_bound else 200)


def _scenario(request: PersonRequest, pk: int) -> Scenario:
    require(request.user, "mentoring_workshops.read_scenarios")
    return get_object_or_404(Scenario.objects.visible_to(request.user).select_related("organisation"), pk=pk)


def _kept(request: PersonRequest, pk: int) -> Scenario:
    scenario = _scenario(request, pk)
    require(request.user, "mentoring_workshops.keep_scenario", scenario)
    return scenario


def _part(request: PersonRequest, pk: int) -> ScenarioPart:
    seen = Scenario.objects.visible_to(request.user).order_by().values("pk")
    part: ScenarioPart = get_object_or_404(
        ScenarioPart.objects.filter(scenario__in=seen).select_related("scenario__organisation"), pk=pk
    )
    require(request.user, "mentoring_workshops.keep_scenario", part.scenario)
    return part
