"""Setting up a second step, and from when on it is needed."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.errors import DomainError, add_to_form
from lms.http import PersonRequest, posted
from lms.people import actions
from lms.people.forms import SecondStepDayForm
from lms.people.permissions import require
from lms.people.second_step import needed_from, people_without, second_step_of


@login_required
def second_step(request: PersonRequest) -> HttpResponse:
    step = second_step_of(request.user)
    if step.ready:
        return redirect("mfa_index")
    return render(request, "people/second_step.html", {"step": step, "missing": step.is_missing(timezone.now())})


@login_required
def second_step_rule(request: PersonRequest) -> HttpResponse:
    require(request.user, "lms_people.change_sign_in_rules")
    form = SecondStepDayForm(posted(request), initial={"day": needed_from()})
    if form.is_valid() and _save(request, form):
        messages.success(request, _("Saved. Whoever has no second step yet finds a notice."))
        return redirect("lms_people:second_step_rule")
    context = {"form": form, "waiting": people_without(), "fixed": settings.SECOND_FACTOR_FROM}
    return render(request, "people/second_step_rule.html", context, status=422 if form.is_bound else 200)


def _save(request: PersonRequest, form: SecondStepDayForm) -> bool:
    try:
        actions.require_second_step(actor=request.user, day=form.cleaned_data["day"], at=timezone.now())
    except DomainError as error:
        add_to_form(form, error)
        return False
    return True
