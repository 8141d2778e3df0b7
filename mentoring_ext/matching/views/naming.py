"""Deciding without names: hiding and showing them, and closing the decision before they are seen."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lms.errors import DomainError, shown_in
from lms.http import PersonRequest, number_in, posted
from mentoring_ext.matching.actions import naming
from mentoring_ext.matching.actions.publishing import groups_to_open
from mentoring_ext.matching.forms.naming import WhyForm
from mentoring_ext.matching.models import NamesStep
from mentoring_ext.matching.naming import are_names_hidden, by_number, closed_run
from mentoring_ext.matching.views.fetching import cohort_of, run_of

PAGES = {
    NamesStep.Page.CONFLICT: "mentoring_matching:conflict_new",
    NamesStep.Page.OFFLINE: "mentoring_matching:offline_new",
    NamesStep.Page.IMPORT: "mentoring_matching:sheet_import",
}


@login_required
@require_POST
def names_hide(request: PersonRequest, cohort_pk: int) -> HttpResponse:
    cohort = cohort_of(request, cohort_pk)
    try:
        naming.call_by_numbers(cohort, actor=request.user, at=timezone.now())
        messages.success(request, _("The names are hidden. Everybody is called by a number."))
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect("mentoring_matching:run_list", cohort_pk)


@login_required
@require_http_methods(["GET", "POST"])
def names_show(request: PersonRequest, cohort_pk: int) -> HttpResponse:
    cohort = cohort_of(request, cohort_pk)
    form = WhyForm(posted(request))
    if form.is_valid():
        with shown_in(form):
            naming.show_names(cohort, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("The names are shown. The protocol says when and why."))
            return redirect("mentoring_matching:run_list", cohort_pk)
    context = {"cohort": cohort, "form": form, "hidden": are_names_hidden(cohort)}
    return render(request, "matching/names_show.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def names_look(request: PersonRequest, cohort_pk: int, page: str) -> HttpResponse:
    cohort = cohort_of(request, cohort_pk)
    if page not in PAGES:
        raise Http404
    if are_names_hidden(cohort):
        naming.look_at_names(cohort, actor=request.user, page=page, at=timezone.now())
    there, pages = request.POST.get("next", ""), reverse("mentoring_matching:run_list", args=[cohort_pk])
    return redirect(there) if there.startswith(pages) else redirect(PAGES[NamesStep.Page(page)], cohort_pk)


@login_required
@require_http_methods(["GET", "POST"])
def run_close(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    run = run_of(request, cohort_pk, pk)
    if request.method == "POST":
        try:
            seen = number_in(request.POST.get("seen"))
            naming.close_decision(run, actor=request.user, at=timezone.now(), seen=seen)
        except DomainError as error:
            messages.error(request, str(error.text))
            return redirect(run)
        return redirect("mentoring_matching:run_publish", cohort_pk, pk)
    groups = by_number(groups_to_open(run).items(), lambda group: group[0].mentor_id)
    without = run.proposals.filter(mentor=None).select_related("mentee")
    left = by_number(without, lambda proposal: proposal.mentee_id)
    context = {"run": run, "groups": groups, "left": left, "hidden": are_names_hidden(run.cohort)}
    return render(request, "matching/run_close.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def decision_reopen(request: PersonRequest, cohort_pk: int) -> HttpResponse:
    cohort = cohort_of(request, cohort_pk)
    run, form = closed_run(cohort), WhyForm(posted(request))
    if form.is_valid():
        with shown_in(form):
            naming.reopen_decision(cohort, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("The decision is open again. Every change needs a reason."))
            return redirect(run or "mentoring_matching:run_list", *([] if run else [cohort_pk]))
    context = {"cohort": cohort, "run": run, "form": form}
    return render(request, "matching/decision_reopen.html", context, status=422 if form.errors else 200)
