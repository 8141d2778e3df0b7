"""Setting up a second step, and from when on it is needed."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.errors import DomainError, add_to_form, shown_in
from lms.http import PersonRequest, posted
from lms.people import actions
from lms.people.forms import ReasonForm, SecondStepDayForm
from lms.people.permissions import require
from lms.people.second_step import needed_from, people_without, second_step_of
from lms.people.views.people import person_seen


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


@login_required
def second_step_lost(request: PersonRequest, pk: int) -> HttpResponse:
    person = person_seen(request, pk)
    require(request.user, "lms_people.take_second_step", person)
    form = ReasonForm(posted(request))
    if form.is_valid():
        with shown_in(form):
            actions.take_away_second_step(person, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("%(person)s signs in with the password alone now.") % {"person": person})
            return redirect(person)
    context = {"person": person, "form": form, "step": second_step_of(person)}
    return render(request, "people/second_step_lost.html", context, status=422 if form.is_bound else 200)


def _save(request: PersonRequest, form: SecondStepDayForm) -> bool:
    try:
        actions.require_second_step(actor=request.user, day=form.cleaned_data["day"], at=timezone.now())
    except DomainError as error:
        add_to_form(form, error)
        return False
    return True
