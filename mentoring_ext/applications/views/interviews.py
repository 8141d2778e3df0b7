"""Interviews: offering and recording for staff, answering for applicants."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lms.errors import DomainError, shown_in
from lms.http import PersonRequest, number_in, posted
from mentoring_ext.applications import actions
from mentoring_ext.applications.errors import NoAppointment
from mentoring_ext.applications.forms.interview import OfferForm, RecordForm, WishForm
from mentoring_ext.applications.models import Application, Appointment
from mentoring_ext.applications.permissions import possible_reviewers
from mentoring_ext.applications.tokens import application_of as applicant_of
from mentoring_ext.applications.views.fetching import application_of


def _standing(application: Application) -> Appointment | None:
    found = application.appointments.standing().select_related("host", "application__call__organisation")
    return found.prefetch_related("times").first()


@login_required
def interview_offer(request: PersonRequest, pk: int) -> HttpResponse:
    application = application_of(request, pk)
    standing = _standing(application)
    times = [time.starts_at for time in standing.times.all()] if standing else []
    if standing and standing.starts_at:
        times = [standing.starts_at]
    hosts = possible_reviewers(application.call)
    form = OfferForm(posted(request), hosts=hosts, host=request.user, appointment=standing, times=times)
    if form.is_valid():
        with shown_in(form):
            actions.offer_interview(application, actor=request.user, offer=form.offer(), at=timezone.now())
            messages.success(request, _("%(name)s gets a mail with your times.") % {"name": application})
            return redirect(application)
    context = {"application": application, "form": form, "standing": standing}
    return render(request, "applications/interview_offer.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def interview_cancel(request: PersonRequest, pk: int) -> HttpResponse:
    application = application_of(request, pk)
    try:
        actions.cancel_interview(application, actor=request.user, at=timezone.now())
        messages.success(request, _("The interview is called off. %(name)s is told by mail.") % {"name": application})
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect(application)


@login_required
def interview_record(request: PersonRequest, pk: int, record: int | None = None) -> HttpResponse:
    application = application_of(request, pk, "score_application")
    own = application.interviews.filter(author=request.user)
    interview = get_object_or_404(own, pk=record) if record else None
    questions = actions.review_plan(application.call).question_list
    form = RecordForm(posted(request), questions=questions, interview=interview)
    if form.is_valid():
        given = {"held_on": form.cleaned_data["held_on"], "impression": form.cleaned_data["impression"]}
        actions.record_interview(
            application, actor=request.user, answers=form.answers(), at=timezone.now(), interview=interview, **given
        )
        messages.success(request, _("What was said is saved."))
        return redirect(application)
    context = {"application": application, "form": form, "interview": interview}
    return render(request, "applications/interview_record.html", context, status=422 if form.is_bound else 200)


@login_required
def interview_calendar(request: PersonRequest, pk: int) -> HttpResponse:
    application = application_of(request, pk, "score_application")
    return _calendar(application, for_host=True) or redirect(application)


@never_cache
def interview_answer(request: HttpRequest, token: str) -> HttpResponse:
    application = applicant_of(token)
    standing = _standing(application) if application else None
    if application is None or standing is None or not application.is_undecided:
        return render(request, "applications/link_broken.html", status=404)
    form = WishForm(posted(request) if "wish" in request.POST else None)
    if request.method == "POST" and "wish" not in request.POST:
        return _confirm(request, application, token)
    if form.is_valid():
        with shown_in(form):
            actions.ask_other_time(application, wish=form.cleaned_data["wish"], at=timezone.now())
            messages.success(request, _("Thank you. We look for another time and write to you."))
            return redirect("mentoring_applications:application_status", token)
    context = {"application": application, "appointment": standing, "form": form, "token": token}
    return render(request, "applications/interview_answer.html", context, status=422 if form.is_bound else 200)


def _confirm(request: HttpRequest, application: Application, token: str) -> HttpResponse:
    try:
        actions.confirm_time(application, time=number_in(request.POST.get("time")) or 0, at=timezone.now())
        messages.success(request, _("Your time is fixed. We sent you a mail with a file for your calendar."))
    except DomainError as error:
        messages.error(request, str(error.text))
        return redirect("mentoring_applications:interview_answer", token)
    return redirect("mentoring_applications:application_status", token)


@never_cache
def interview_file(request: HttpRequest, token: str) -> HttpResponse:
    application = applicant_of(token)
    answer = _calendar(application, for_host=False) if application else None
    return answer or render(request, "applications/link_broken.html", status=404)


def _calendar(application: Application, *, for_host: bool) -> HttpResponse | None:
    standing = _standing(application)
    try:
        content = actions.calendar_of(standing, for_host=for_host, at=timezone.now()) if standing else ""
    except NoAppointment:
        return None
    headers = {"Content-Disposition": 'attachment; filename="interview.ics"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers) if content else None
