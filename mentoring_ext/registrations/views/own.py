"""The page of a person who registered, behind a signed link or a code."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lms.errors import DomainError
from lms.http import posted
from lms.people.actions import invitation_path
from lms.robots import may_try, slow_down
from mentoring_ext.registrations import actions
from mentoring_ext.registrations.forms import ReturnForm
from mentoring_ext.registrations.models import Registration, State
from mentoring_ext.registrations.tokens import own_token, registration_of, registration_to_confirm, registration_with


@never_cache
def registration_return(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and not may_try(request, "code"):
        return slow_down(request)
    form = ReturnForm(posted(request))
    if form.is_valid():
        found = registration_with(**form.cleaned_data)
        if found:
            return redirect("mentoring_registrations:registration_own", own_token(found))
        form.add_error("code", _("We find no registration with this code and name. Look at both once more."))
    return render(request, "registrations/registration_return.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
def registration_confirm(request: HttpRequest, token: str) -> HttpResponse:
    registration = registration_to_confirm(token)
    if registration is None:
        return render(request, "registrations/link_broken.html", status=404)
    if request.method == "POST":
        registration = actions.confirm_registration(registration, at=timezone.now())
        messages.success(request, _("Thank you! Your address is confirmed."))
    if registration.state != State.UNCONFIRMED:
        return redirect("mentoring_registrations:registration_own", own_token(registration))
    return render(request, "registrations/registration_confirm.html", {"registration": registration})


@never_cache
def registration_own(request: HttpRequest, token: str) -> HttpResponse:
    registration = registration_of(token)
    if registration is None:
        return render(request, "registrations/link_broken.html", status=404)
    is_open = registration.opening.is_open(timezone.localdate())
    may_see_account = registration.state == State.ACCEPTED and actions.opens_nothing_else(registration)
    context = {
        "registration": registration,
        "token": token,
        "place": actions.waiting_place(registration),
        "changes": registration.changes.all(),
        "account": invitation_path(registration.user) if may_see_account and registration.user else None,
        "may_register_again": is_open and registration.opening.is_public,
        "is_open": is_open,
        "may_withdraw": registration.is_undecided or registration.state == State.ACCEPTED,
    }
    return render(request, "registrations/registration_own.html", context)


@require_POST
def registration_answer(request: HttpRequest, token: str) -> HttpResponse:
    return _do(request, token, answering=True)


@require_POST
def registration_withdraw(request: HttpRequest, token: str) -> HttpResponse:
    return _do(request, token, answering=False)


def _do(request: HttpRequest, token: str, *, answering: bool) -> HttpResponse:
    registration = registration_of(token)
    if registration is None:
        return render(request, "registrations/link_broken.html", status=404)
    try:
        messages.success(request, _done(registration, takes=request.POST.get("takes") == "yes", answering=answering))
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect("mentoring_registrations:registration_own", token)


def _done(registration: Registration, *, takes: bool, answering: bool) -> str:
    if not answering:
        actions.withdraw_registration(registration, at=timezone.now())
        return _("You took your registration back.")
    actions.answer_offer(registration, takes=takes, at=timezone.now())
    return _("You have a place. Welcome!") if takes else _("You gave the place to the next person. Thank you.")
