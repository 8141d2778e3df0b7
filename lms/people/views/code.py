"""Coming in with a code on paper: the code, then a password of one's own."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from lms.errors import DomainError, add_to_form, shown_in
from lms.http import posted
from lms.people import actions
from lms.people.forms import CodeForm, PasswordForm
from lms.people.forms.terms import ask_terms
from lms.people.models import OneTimeCode
from lms.people.second_step import second_step_of
from lms.people.terms import terms_for
from lms.people.views.invitation import BACKEND, agree
from lms.robots import may_try, slow_down

CHECKED = "checked_code"
MINUTES_TO_CHOOSE = 30


@never_cache
@sensitive_post_parameters("code")
def code_enter(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and not may_try(request, "code"):
        return slow_down(request)
    form = CodeForm(posted(request))
    if form.is_valid():
        with shown_in(form):
            held = actions.check_code(form.cleaned_data["username"], form.cleaned_data["code"], at=timezone.now())
            request.session[CHECKED] = [held.pk, held.digest, timezone.now().timestamp()]
            return redirect("lms_people:code_password")
    return render(request, "people/code_enter.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@sensitive_post_parameters("password", "repeated")
def code_password(request: HttpRequest) -> HttpResponse:
    held = _checked_code(request)
    if held is None:
        messages.warning(request, _("Enter your user name and your code first."))
        return redirect("lms_people:code_enter")
    form = PasswordForm(posted(request), user=held.user)
    terms = None if held.user.has_usable_password() else terms_for(held.user)
    ask_terms(form, terms)
    if form.is_valid() and _choose(request, held, form):
        return redirect("lms_agenda:home")
    context = {"form": form, "person": held.user, "terms": terms}
    return render(request, "people/code_password.html", context, status=422 if form.is_bound else 200)


def _checked_code(request: HttpRequest) -> OneTimeCode | None:
    pk, digest, checked_at = request.session.get(CHECKED, (0, "", 0))
    now = timezone.now()
    if now.timestamp() - checked_at > timedelta(minutes=MINUTES_TO_CHOOSE).total_seconds():
        return None
    return OneTimeCode.objects.open_at(now).select_related("user").filter(pk=pk, digest=digest).first()


def _choose(request: HttpRequest, held: OneTimeCode, form: PasswordForm) -> bool:
    is_new = not held.user.has_usable_password() and not second_step_of(held.user).ready
    try:
        user = actions.choose_password(held, password=form.cleaned_data["password"], at=timezone.now())
    except DomainError as error:
        add_to_form(form, error)
        return False
    agree(user, form)
    request.session.pop(CHECKED, None)
    # Who had an account before may have a second step, which only the sign-in page asks for.
    if is_new:
        login(request, user, backend=BACKEND)
        messages.success(request, _("Welcome! Your password is set, and you are signed in."))
    else:
        messages.success(request, _("Your new password is set. Now sign in with it."))
    return True
