"""Requests for contact: asking, answering, reporting, and what coordinators see of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lms.errors import shown_in
from lms.http import PersonRequest
from lms.people.permissions import require
from lms.privacy.actions import record_reading
from mentoring_ext.profiles import actions
from mentoring_ext.profiles.forms.public import AnswerForm, ContactForm, ReportForm
from mentoring_ext.profiles.models import ContactRequest, PublicProfile
from mentoring_ext.profiles.views.public import public_context


@login_required
@require_POST
def contact_create(request: PersonRequest, pk: int) -> HttpResponse:
    profile = get_object_or_404(PublicProfile.objects.visible_to(request.user).with_mentor(), pk=pk)
    require(request.user, "mentoring_profiles.request_contact")
    form = ContactForm(request.POST)
    if form.is_valid():
        with shown_in(form):
            asked = actions.request_contact(profile, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Your request is sent. You get a notice when there is an answer."))
            return redirect(asked)
    return render(request, "profiles/public_detail.html", public_context(request, profile, form), status=422)


def _own(request: PersonRequest) -> QuerySet[ContactRequest]:
    return ContactRequest.objects.visible_to(request.user).select_related("sender", "mentor__user", "room")


@login_required
@require_safe
def contact_list(request: PersonRequest) -> HttpResponse:
    return render(request, "profiles/contact_list.html", {"requests": _own(request)[:100]})


@login_required
@require_safe
def contact_detail(request: PersonRequest, pk: int) -> HttpResponse:
    return _detail(request, get_object_or_404(_own(request), pk=pk), AnswerForm(), ReportForm(), status=200)


def _detail(
    request: PersonRequest, asked: ContactRequest, answer: AnswerForm, report: ReportForm, *, status: int
) -> HttpResponse:
    is_mentor = request.user.has_perm("mentoring_profiles.answer_contact", asked)
    context = {"asked": asked, "is_mentor": is_mentor, "answer_form": answer, "report_form": report}
    return render(request, "profiles/contact_detail.html", context, status=status)


@login_required
@require_POST
def contact_answer(request: PersonRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(_own(request), pk=pk)
    require(request.user, "mentoring_profiles.answer_contact", asked)
    form, accepted = AnswerForm(request.POST), request.POST.get("accepted")
    if form.is_valid() and accepted not in {"yes", "no"}:
        form.add_error(None, _("Say yes or no."))
    if form.is_valid():
        with shown_in(form):
            answer, now = form.cleaned_data["answer"], timezone.now()
            actions.answer_contact(asked, actor=request.user, accepted=accepted == "yes", answer=answer, at=now)
            messages.success(request, _("Your answer is sent."))
            return redirect(asked)
    return _detail(request, asked, form, ReportForm(), status=422)


@login_required
@require_POST
def contact_report(request: PersonRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(_own(request), pk=pk)
    form = ReportForm(request.POST)
    if form.is_valid():
        with shown_in(form):
            actions.report_contact(asked, actor=request.user, text=form.cleaned_data["report"], at=timezone.now())
            messages.success(request, _("Thank you. The coordinators look at it."))
            return redirect(asked)
    return _detail(request, asked, AnswerForm(), form, status=422)


@login_required
@require_safe
def contact_report_list(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_profiles.settle_report")
    reported = ContactRequest.objects.reported_to(request.user).order_by("settled_at", "-reported_at")
    found = list(reported.select_related("sender", "mentor__user", "reported_by")[:100])
    for asked in found:
        for person in (asked.sender, asked.mentor.user):
            what = _("A reported request for contact")
            record_reading(asked, reader=request.user, about=person, what=what, at=timezone.now())
    return render(request, "profiles/contact_report_list.html", {"requests": found})


@login_required
@require_POST
def contact_settle(request: PersonRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(ContactRequest.objects.reported_to(request.user), pk=pk)
    require(request.user, "mentoring_profiles.settle_report")
    actions.settle_report(asked, actor=request.user, at=timezone.now())
    messages.success(request, _("The report is settled."))
    return redirect("mentoring_profiles:contact_report_list")
