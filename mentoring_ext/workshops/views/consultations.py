"""Asking for help, answering, and what a consultant sees."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.errors import shown_in
from lms.http import PersonRequest, posted
from lms.people.permissions import require
from mentoring_ext.workshops import actions
from mentoring_ext.workshops.consulting import organisation_for, topics_of
from mentoring_ext.workshops.forms import AnswerForm, HelpForm
from mentoring_ext.workshops.models import Consultation


@login_required
def consultation_list(request: PersonRequest) -> HttpResponse:
    seen = Consultation.objects.visible_to(request.user)
    context = {
        "consultations": seen.select_related("consultant", "asked_by", "group", "organisation").distinct()[:100],
        "may_ask": request.user.has_perm("mentoring_workshops.ask_for_help"),
    }
    return render(request, "workshops/consultation_list.html", context)


@login_required
def consultation_new(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_workshops.ask_for_help")
    form = HelpForm(posted(request), user=request.user, initial={"consultant": request.GET.get("whom")})
    if form.is_valid():
        with shown_in(form):
            data = form.cleaned_data
            organisation = organisation_for(request.user, data["group"])
            asked = actions.ask_for_help(actor=request.user, organisation=organisation, at=timezone.now(), **data)
            messages.success(request, _("%(person)s is asked.") % {"person": asked.consultant})
            return redirect(asked)
    return render(request, "workshops/consultation_new.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
def consultation_detail(request: PersonRequest, pk: int) -> HttpResponse:
    consultation, user, today = _consultation(request, pk), request.user, timezone.localdate()
    answers = user.has_perm("mentoring_workshops.answer_request", consultation)
    form = AnswerForm(posted(request))
    if request.method == "POST":
        require(user, "mentoring_workshops.answer_request", consultation)
        if form.is_valid():
            with shown_in(form):
                actions.answer_request(consultation, actor=user, at=timezone.now(), **form.cleaned_data)
                messages.success(request, _("Your answer is sent."))
                return redirect(consultation)
    context = {
        "consultation": consultation,
        "form": form if answers and consultation.state == Consultation.State.ASKED else None,
        "topics": topics_of(consultation) if consultation.is_running(today) or not answers else (),
        "is_running": consultation.is_running(today),
        "may_end": user.has_perm("mentoring_workshops.end_consultation", consultation),
    }
    return render(request, "workshops/consultation_detail.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def consultation_end(request: PersonRequest, pk: int) -> HttpResponse:
    consultation = _consultation(request, pk)
    require(request.user, "mentoring_workshops.end_consultation", consultation)
    actions.end_consultation(consultation, actor=request.user, at=timezone.now())
    messages.success(request, _("The consultation has ended."))
    return redirect(consultation)


def _consultation(request: PersonRequest, pk: int) -> Consultation:
    seen = Consultation.objects.visible_to(request.user)
    return get_object_or_404(
        seen.select_related("consultant", "asked_by", "group__cohort__programme", "organisation", "room"), pk=pk
    )
