"""Workshops: the list, one workshop, planning it, booking, attendance."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.errors import DomainError, shown_in
from lms.http import PersonRequest, posted
from lms.people.permissions import require
from mentoring_ext.workshops import actions
from mentoring_ext.workshops.calendar import entry_of
from mentoring_ext.workshops.forms import AttendanceForm, CallOffForm, WorkshopForm
from mentoring_ext.workshops.models import Booking, Workshop
from mentoring_ext.workshops.programme import programme_of

PAGE = 20


def workshop_of(request: PersonRequest, pk: int) -> Workshop:
    """Return a workshop that the person may read about, or answer 404."""
    workshops = (
        Workshop.objects.visible_to(request.user).with_places().select_related("organisation", "department", "held_by")
    )
    return get_object_or_404(workshops, pk=pk)


def kept_workshop(request: PersonRequest, pk: int) -> Workshop:
    """Return a workshop that the person plans or holds; 404 to strangers, 403 to those who only come."""
    workshop = workshop_of(request, pk)
    require(request.user, "mentoring_workshops.keep_workshop", workshop)
    return workshop


@login_required
def workshop_list(request: PersonRequest) -> HttpResponse:
    at = timezone.now()
    seen = Workshop.objects.visible_to(request.user).with_places().select_related("organisation").distinct()
    booked = Booking.objects.held().filter(user=request.user)
    context = {
        "ahead": seen.ahead(at),
        "over": seen.over(at)[:PAGE],
        "own": dict(booked.values_list("workshop", "state")),
        "may_plan": request.user.has_perm("mentoring_workshops.plan_workshops"),
        "may_read_scenarios": request.user.has_perm("mentoring_workshops.read_scenarios"),
    }
    return render(request, "workshops/workshop_list.html", context)


@login_required
def workshop_detail(request: PersonRequest, pk: int) -> HttpResponse:
    workshop, user, at = workshop_of(request, pk), request.user, timezone.now()
    keeps = user.has_perm("mentoring_workshops.keep_workshop", workshop)
    booking = workshop.bookings.held().filter(user=user).select_related("certificate").first()
    inside = keeps or (booking is not None and booking.state == Booking.State.BOOKED)
    context = {
        "workshop": workshop,
        "programme": programme_of(workshop),
        "booking": booking,
        "keeps": keeps,
        "inside": inside,
        "may_book": workshop.takes_bookings(at) and workshop.held_by_id != user.pk,
        "has_begun": workshop.starts_at <= at,
        "materials": workshop.materials.select_related("file") if inside else (),
        "questions": workshop.questions.all() if inside else (),
        "bookings": workshop.bookings.held().with_people() if keeps else (),
    }
    return render(request, "workshops/workshop_detail.html", context)


@login_required
def workshop_new(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_workshops.plan_workshops")
    return _plan(request, None)


@login_required
def workshop_edit(request: PersonRequest, pk: int) -> HttpResponse:
    return _plan(request, kept_workshop(request, pk))


def _plan(request: PersonRequest, workshop: Workshop | None) -> HttpResponse:
    form = WorkshopForm(posted(request), user=request.user, instance=workshop)
    if form.is_valid():
        with shown_in(form):
            values = dict(form.cleaned_data)
            before = Workshop.objects.get(pk=workshop.pk) if workshop else None
            place = {name: values.pop(name) for name in ("organisation", "department")}
            saved = actions.plan_workshop(before, actor=request.user, values=values, at=timezone.now(), **place)
            messages.success(request, _("“%(workshop)s” is saved.") % {"workshop": saved})
            return redirect(saved)
    context = {"form": form, "workshop": workshop}
    return render(request, "workshops/workshop_form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def workshop_announce(request: PersonRequest, pk: int) -> HttpResponse:
    workshop = kept_workshop(request, pk)
    try:
        actions.announce_workshop(workshop, actor=request.user, at=timezone.now())
        messages.success(request, _("“%(workshop)s” is open for booking.") % {"workshop": workshop})
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect(workshop)


@login_required
def workshop_call_off(request: PersonRequest, pk: int) -> HttpResponse:
    workshop = kept_workshop(request, pk)
    form = CallOffForm(posted(request))
    if form.is_valid():
        with shown_in(form):
            actions.call_off_workshop(workshop, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("“%(workshop)s” is called off.") % {"workshop": workshop})
            return redirect(workshop)
    context = {"workshop": workshop, "form": form}
    return render(request, "workshops/workshop_call_off.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def workshop_book(request: PersonRequest, pk: int) -> HttpResponse:
    workshop = workshop_of(request, pk)
    try:
        booking = actions.book_place(workshop, actor=request.user, at=timezone.now())
        waits = booking.state == Booking.State.WAITING
        text = _("All places are taken. You are on the waiting list.") if waits else _("You have a place.")
        messages.success(request, text)
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect(workshop)


@login_required
@require_POST
def workshop_give_back(request: PersonRequest, pk: int) -> HttpResponse:
    workshop = workshop_of(request, pk)
    try:
        actions.give_place_back(workshop, actor=request.user, at=timezone.now())
        messages.success(request, _("You gave your place back."))
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect(workshop)


@login_required
def workshop_calendar(request: PersonRequest, pk: int) -> HttpResponse:
    workshop = workshop_of(request, pk)
    inside = request.user.has_perm("mentoring_workshops.take_part", workshop)
    content = entry_of(workshop, with_link=inside, at=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="workshop-{pk}.ics"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


@login_required
def workshop_attendance(request: PersonRequest, pk: int) -> HttpResponse:
    workshop = kept_workshop(request, pk)
    bookings = workshop.bookings.filter(state=Booking.State.BOOKED).with_people().order_by("user__last_name")
    form = AttendanceForm(posted(request), bookings=bookings)
    if form.is_valid():
        with shown_in(form):
            actions.note_attendance(workshop, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Saved. Who took part has a certificate."))
            return redirect(workshop)
    context = {"workshop": workshop, "bookings": bookings, "form": form}
    return render(request, "workshops/workshop_attendance.html", context, status=422 if form.is_bound else 200)
