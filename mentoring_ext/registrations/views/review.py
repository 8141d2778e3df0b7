"""One registration, as the coordinator reads it and decides."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lms.errors import DomainError, add_to_form
from lms.http import PersonRequest, posted
from lms.people.permissions import require
from mentoring_ext.registrations import actions
from mentoring_ext.registrations.actions.states import places_left
from mentoring_ext.registrations.answers import answered_parts
from mentoring_ext.registrations.forms import DeclineForm
from mentoring_ext.registrations.models import Registration, State


def _registration(request: PersonRequest, pk: int) -> Registration:
    near = ("opening__cohort__organisation", "opening__version", "partner", "user", "referred_by")
    registration = get_object_or_404(Registration.objects.visible_to(request.user).select_related(*near), pk=pk)
    require(request.user, "mentoring_registrations.decide", registration)
    return registration


@login_required
def registration_detail(request: PersonRequest, pk: int) -> HttpResponse:
    registration = _registration(request, pk)
    actions.read_registration(registration, reader=request.user, at=timezone.now())
    context = {
        "registration": registration,
        "parts": answered_parts(registration),
        "changes": registration.changes.select_related("actor"),
        "place": actions.waiting_place(registration),
        "left": places_left(registration.opening),
        "needs_letter": registration.state == State.ACCEPTED and not registration.email,
    }
    return render(request, "registrations/registration_detail.html", context)


@login_required
@require_POST
def registration_decide(request: PersonRequest, pk: int) -> HttpResponse:
    registration = _registration(request, pk)
    accept = request.POST.get("deed") == "accept"
    deed = actions.accept_registration if accept else actions.put_on_waiting_list
    try:
        deed(registration, actor=request.user, at=timezone.now())
        words = _("%(name)s is a member now.") if accept else _("%(name)s is on the waiting list now.")
        messages.success(request, words % {"name": registration})
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect(registration)


@login_required
def registration_decline(request: PersonRequest, pk: int) -> HttpResponse:
    registration = _registration(request, pk)
    form = DeclineForm(posted(request))
    if form.is_valid():
        answer = form.cleaned_data["answer"]
        try:
            actions.decline_registration(registration, actor=request.user, answer=answer, at=timezone.now())
            messages.success(request, _("%(name)s gets your answer.") % {"name": registration})
            return redirect("mentoring_registrations:opening_board", registration.opening_id)
        except DomainError as error:
            add_to_form(form, error)
    context = {"form": form, "registration": registration}
    return render(request, "registrations/registration_decline.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
@never_cache
def registration_letter(request: PersonRequest, pk: int) -> HttpResponse:
    registration = _registration(request, pk)
    try:
        code = actions.make_letter_code(registration, actor=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error.text))
        return redirect(registration)
    context = {"registration": registration, "code": code, "address": request.build_absolute_uri("/people/code/")}
    return render(request, "registrations/registration_letter.html", context)
