"""How the applications of a call are reviewed: criteria, reviewers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lms.errors import DomainError, shown_in
from lms.http import PersonRequest, posted
from mentoring_ext.applications import actions
from mentoring_ext.applications.forms.review import AssignForm, CriterionForm, PlanForm
from mentoring_ext.applications.models import Assignment, Criterion, ReviewPlan
from mentoring_ext.applications.views.fetching import call_of


@login_required
def review_plan(request: PersonRequest, pk: int) -> HttpResponse:
    call = call_of(request, pk)
    plan = actions.review_plan(call)
    form = PlanForm(posted(request), instance=plan)
    if form.is_valid():
        actions.change_plan(call, actor=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("How you review is saved."))
        return redirect("mentoring_applications:review_plan", pk)
    context = {
        "call": call,
        "form": form,
        "criteria": Criterion.objects.filter(call=call),
        "in_use": actions.criteria_in_use(call),
    }
    return render(request, "applications/review_plan.html", context, status=422 if form.is_bound else 200)


@login_required
def criterion_new(request: PersonRequest, pk: int) -> HttpResponse:
    call = call_of(request, pk)
    form = CriterionForm(posted(request))
    if form.is_valid():
        with shown_in(form):
            actions.add_criterion(call, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("The criterion is added at the end."))
            return redirect("mentoring_applications:review_plan", pk)
    context = {"call": call, "form": form}
    return render(request, "applications/criterion_form.html", context, status=422 if form.is_bound else 200)


@login_required
def criterion_edit(request: PersonRequest, pk: int, criterion: int) -> HttpResponse:
    call = call_of(request, pk)
    found = get_object_or_404(Criterion.objects.filter(call=call), pk=criterion)
    form = CriterionForm(posted(request), instance=found)
    if form.is_valid():
        with shown_in(form):
            kept = Criterion.objects.get(pk=found.pk)
            actions.change_criterion(kept, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("The criterion is saved."))
            return redirect("mentoring_applications:review_plan", pk)
    context = {"call": call, "form": form, "criterion": found}
    return render(request, "applications/criterion_form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def criterion_change(request: PersonRequest, pk: int, criterion: int) -> HttpResponse:
    call = call_of(request, pk)
    found = get_object_or_404(Criterion.objects.filter(call=call), pk=criterion)
    try:
        if "remove" in request.POST:
            actions.remove_criterion(found, actor=request.user, at=timezone.now())
            messages.success(request, _("“%(name)s” is removed.") % {"name": found.name})
        else:
            actions.move_criterion(found, actor=request.user, up="up" in request.POST, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect("mentoring_applications:review_plan", pk)


@login_required
def reviewer_assign(request: PersonRequest, pk: int) -> HttpResponse:
    call = call_of(request, pk)
    plan: ReviewPlan = actions.review_plan(call)
    form = AssignForm(posted(request), call=call, plan=plan)
    if form.is_valid():
        with shown_in(form):
            given = {"people": list(form.cleaned_data["people"]), "due_on": form.cleaned_data["due_on"]}
            made = actions.assign_reviewers(call, actor=request.user, at=timezone.now(), **given)
            text = ngettext("%d review is handed out.", "%d reviews are handed out.", len(made))
            messages.success(request, text % len(made))
            return redirect("mentoring_applications:reviewer_assign", pk)
    asked = Assignment.objects.filter(application__call=call).select_related("user", "application")
    context = {"call": call, "plan": plan, "form": form, "asked": asked.order_by("user__last_name", "pk")}
    return render(request, "applications/reviewer_assign.html", context, status=422 if form.is_bound else 200)
