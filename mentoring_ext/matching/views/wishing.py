"""Mentees say whom they would like; the coordinator lets them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lms.errors import DomainError, shown_in
from lms.http import PersonRequest, posted
from lms.people.permissions import require
from mentoring_ext.matching.actions.wishing import (
    change_round,
    offered_to,
    own_vetoes,
    save_wishes,
    vetoes_of,
    withdraw_veto,
)
from mentoring_ext.matching.defaults import defaults_of
from mentoring_ext.matching.forms.wishing import WishForm
from mentoring_ext.matching.models import PairRule, Wish, WishRound
from mentoring_ext.matching.reports.wishes import shown_mentors, wish_counts
from mentoring_ext.matching.views.fetching import cohort_of
from mentoring_ext.programmes.models import Cohort


@login_required
@require_http_methods(["GET", "POST"])
def wish_edit(request: PersonRequest, cohort_pk: int) -> HttpResponse:
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user).with_phase(), pk=cohort_pk)
    require(request.user, "mentoring_matching.wish", cohort)
    now = timezone.now()
    is_open = WishRound.objects.filter(cohort=cohort, is_open=True).exists()
    mentors = shown_mentors(offered_to(request.user, cohort, now)) if is_open else []
    wishes = Wish.objects.filter(cohort=cohort, mentee=request.user)
    people = [mentor.user for mentor in mentors]
    vetoes = own_vetoes(cohort, request.user)
    form = WishForm(posted(request), mentors=people, wishes=wishes, vetoes=vetoes)
    if form.is_valid():
        with shown_in(form):
            save_wishes(cohort, actor=request.user, ranked=form.ranked, vetoed=form.vetoed, at=now)
            messages.success(request, _("Saved. Mentors never see it."))
            return redirect("mentoring_matching:wish_edit", cohort.pk)
    kept = vetoes_of(cohort, request.user)
    context = {"cohort": cohort, "form": form, "mentors": mentors, "is_open": is_open, "vetoes": kept}
    return render(request, "matching/wish_edit.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def veto_withdraw(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), pk=cohort_pk)
    require(request.user, "mentoring_matching.wish", cohort)
    own = PairRule.objects.filter(cohort=cohort, mentee=request.user, kind=PairRule.Kind.VETOED)
    withdraw_veto(get_object_or_404(own.select_related("cohort"), pk=pk), actor=request.user, at=timezone.now())
    messages.success(request, _("Taken back. This mentor is possible for you again."))
    return redirect("mentoring_matching:wish_edit", cohort_pk)


@login_required
@require_http_methods(["GET", "POST"])
def wish_round(request: PersonRequest, cohort_pk: int) -> HttpResponse:
    cohort = cohort_of(request, cohort_pk)
    if request.method == "POST":
        _change_round(request, cohort)
        return redirect("mentoring_matching:wish_round", cohort.pk)
    is_open = WishRound.objects.filter(cohort=cohort, is_open=True).exists()
    is_allowed = is_open or defaults_of(cohort.programme).wishes
    context = {"cohort": cohort, "is_open": is_open, "is_allowed": is_allowed, "counts": wish_counts(cohort)}
    return render(request, "matching/wish_round.html", context)


def _change_round(request: PersonRequest, cohort: Cohort) -> None:
    try:
        found = change_round(cohort, actor=request.user, is_open="open" in request.POST, at=timezone.now())
        said = _("Mentees can say now whom they would like.") if found.is_open else _("Mentees cannot say it any more.")
        messages.success(request, said)
    except DomainError as error:
        messages.error(request, str(error.text))
