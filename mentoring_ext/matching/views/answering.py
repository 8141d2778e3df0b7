"""Requests for another match, as the coordinator reads and answers them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.errors import DomainError, shown_in
from lms.http import PersonRequest, posted
from lms.privacy.actions import record_reading
from mentoring_ext.matching.actions.answering import accept_request, decline_request
from mentoring_ext.matching.actions.reminding import remind_to_answer, silent_in
from mentoring_ext.matching.forms.asking import DeclineForm
from mentoring_ext.matching.models import MatchRequest
from mentoring_ext.matching.reports.answer import answer_in_words
from mentoring_ext.matching.views.fetching import cohort_of
from mentoring_ext.matching.views.hiding import about_published


def _request(request: PersonRequest, cohort_pk: int, pk: int) -> MatchRequest:
    cohort = cohort_of(request, cohort_pk)
    return get_object_or_404(MatchRequest.objects.filter(group__cohort=cohort).with_people(), pk=pk)


@login_required
@require_safe
@about_published
def request_list(request: PersonRequest, cohort_pk: int) -> HttpResponse:
    cohort = cohort_of(request, cohort_pk)
    asked = MatchRequest.objects.filter(group__cohort=cohort).with_people()
    waiting = [each for each in asked if each.is_waiting]
    groups = silent_in(cohort, timezone.now())
    context = {
        "cohort": cohort,
        "waiting": waiting,
        "answered": [each for each in asked if not each.is_waiting],
        "silent": [each for each in groups if each.people],
        "open_groups": len(groups),
    }
    return render(request, "matching/request_list.html", context)


@login_required
@require_POST
@about_published
def match_remind(request: PersonRequest, cohort_pk: int) -> HttpResponse:
    cohort = cohort_of(request, cohort_pk)
    try:
        number = remind_to_answer(cohort, actor=request.user, at=timezone.now())
        text = ngettext("%(number)d person is reminded.", "%(number)d people are reminded.", number)
        messages.success(request, text % {"number": number})
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect("mentoring_matching:request_list", cohort_pk)


@login_required
@require_safe
@about_published
def request_detail(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    asked = _request(request, cohort_pk, pk)
    return render(request, "matching/request_detail.html", _shown(request, asked, DeclineForm()))


@login_required
@require_POST
@about_published
def request_accept(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    asked = _request(request, cohort_pk, pk)
    try:
        done = accept_request(asked, actor=request.user, at=timezone.now(), seen=request.POST.get("seen", ""))
        number = len(done.moves)
        text = ngettext("Done. %(number)s person moved.", "Done. %(number)s people moved.", number)
        messages.success(request, text % {"number": number} + " " + _("Everybody concerned is told."))
    except DomainError as error:
        messages.error(request, str(error.text))
        return redirect(asked)
    return redirect("mentoring_matching:request_list", cohort_pk)


@login_required
@require_http_methods(["GET", "POST"])
@about_published
def request_decline(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    asked = _request(request, cohort_pk, pk)
    form = DeclineForm(posted(request))
    if form.is_valid():
        with shown_in(form):
            decline_request(asked, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("The match stays, and the person who asked is told why."))
            return redirect("mentoring_matching:request_list", cohort_pk)
    context = _shown(request, asked, form)
    return render(request, "matching/request_detail.html", context, status=422 if form.errors else 200)


def _shown(request: PersonRequest, asked: MatchRequest, form: DeclineForm) -> dict[str, Any]:
    what = _("Request for another match")
    record_reading(asked, reader=request.user, about=asked.asked_by, what=what, at=timezone.now())
    answer = answer_in_words(asked, timezone.now()) if asked.is_waiting else None
    return {"cohort": asked.group.cohort, "asked": asked, "answer": answer, "form": form}
