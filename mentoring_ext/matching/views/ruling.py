"""Rules about two people: locks, excluded pairs, conflicts of interest, pairs made offline."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.errors import shown_in
from lms.http import PersonRequest, posted
from lms.privacy.actions import record_readings
from mentoring_ext.matching import actions
from mentoring_ext.matching.forms import ConflictForm, OfflineForm
from mentoring_ext.matching.models import NamesStep, PairRule
from mentoring_ext.matching.views.fetching import cohort_of
from mentoring_ext.matching.views.hiding import needs_names


@login_required
@require_safe
def rule_list(request: PersonRequest, cohort_pk: int) -> HttpResponse:
    cohort = cohort_of(request, cohort_pk)
    found = PairRule.objects.visible_to(request.user).filter(cohort=cohort)
    rules = list(found.select_related("mentee", "mentor", "made_by"))
    for rule in rules:
        if rule.is_conflict and rule.made_by_id != request.user.pk:
            # The words do not say of what kind the note is: the other of the two may not know of it.
            what = gettext_lazy("What the coordinators noted for the pairing")
            people = (rule.mentee, rule.mentor)
            record_readings(rule, reader=request.user, people=people, what=what, at=timezone.now())
    context = {"cohort": cohort, "rules": rules}
    return render(request, "matching/rule_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@needs_names(NamesStep.Page.CONFLICT)
def conflict_new(request: PersonRequest, cohort_pk: int) -> HttpResponse:
    cohort = cohort_of(request, cohort_pk)
    form = ConflictForm(posted(request), cohort=cohort)
    if form.is_valid():
        with shown_in(form):
            actions.note_conflict(cohort, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Noted. These two are never brought together."))
            return redirect("mentoring_matching:rule_list", cohort.pk)
    context = {"cohort": cohort, "form": form}
    return render(request, "matching/conflict_new.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
@needs_names(NamesStep.Page.OFFLINE)
def offline_new(request: PersonRequest, cohort_pk: int) -> HttpResponse:
    cohort = cohort_of(request, cohort_pk)
    form = OfflineForm(posted(request), cohort=cohort)
    if form.is_valid():
        group = {name: form.cleaned_data[name] for name in ("mentor", "mentees", "reason")}
        with shown_in(form):
            actions.enter_offline(cohort, actor=request.user, at=timezone.now(), **group)
            messages.success(request, _("Entered. Every pairing of this cohort keeps this group."))
            return redirect("mentoring_matching:rule_list", cohort.pk)
    context = {"cohort": cohort, "form": form}
    return render(request, "matching/offline_new.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def rule_lift(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    cohort = cohort_of(request, cohort_pk)
    rule = get_object_or_404(PairRule.objects.visible_to(request.user), cohort=cohort, pk=pk)
    actions.lift_rule(rule, actor=request.user, at=timezone.now())
    messages.success(request, _("Taken back. It does not count from the next pairing on."))
    return redirect("mentoring_matching:rule_list", cohort.pk)
