"""Opening and changing calls."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.errors import shown_in
from lms.http import PersonRequest, posted
from lms.people.permissions import require
from mentoring_ext.applications import actions
from mentoring_ext.applications.forms import CallForm
from mentoring_ext.applications.models import Call


@login_required
def own_call_list(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_applications.list_calls")
    calls = Call.objects.reviewed_by(request.user).with_waiting().select_related("cohort").order_by("-closes_on")
    return render(request, "applications/own_call_list.html", {"calls": calls, "today": timezone.localdate()})


@login_required
def call_new(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_applications.open_call")
    actions.publish_shipped_forms(at=timezone.now())
    form = CallForm(posted(request), user=request.user, initial={"opens_on": timezone.localdate()})
    if form.is_valid():
        with shown_in(form):
            call = actions.open_call(actor=request.user, **form.cleaned_data)
            messages.success(request, _("Your call is ready. Send people its address: they apply there."))
            return redirect(call)
    return _call_page(request, form, None)


@login_required
def call_edit(request: PersonRequest, pk: int) -> HttpResponse:
    call = get_object_or_404(Call.objects.reviewed_by(request.user).select_related("cohort"), pk=pk)
    require(request.user, "mentoring_applications.change_call", call)
    actions.publish_shipped_forms(at=timezone.now())
    form = CallForm(posted(request), user=request.user, instance=call)
    if form.is_valid():
        with shown_in(form):
            actions.change_call(Call.objects.get(pk=pk), actor=request.user, **form.cleaned_data)
            messages.success(request, _("The call is saved."))
            return redirect("mentoring_applications:call_board", pk)
    return _call_page(request, form, call)


def _call_page(request: PersonRequest, form: CallForm, call: Call | None) -> HttpResponse:
    context = {"form": form, "call": call, "may_compose": request.user.has_perm("lms_questionnaires.list_forms")}
    return render(request, "applications/call_form.html", context, status=422 if form.is_bound else 200)
