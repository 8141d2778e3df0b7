"""Calls, the board of applications, and deciding on one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.errors import DomainError, add_to_form
from lms.files.serve import file_response
from lms.http import PersonRequest, posted
from lms.people.permissions import require
from mentoring_ext.applications import actions
from mentoring_ext.applications.board import columns_of
from mentoring_ext.applications.forms import AcceptForm, CallForm, DeclineForm, MoveForm, NoteForm
from mentoring_ext.applications.models import Application, Call


@login_required
def own_call_list(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_applications.list_calls")
    calls = Call.objects.reviewed_by(request.user).with_waiting().select_related("cohort").order_by("-closes_on")
    return render(request, "applications/own_call_list.html", {"calls": calls, "today": timezone.localdate()})


@login_required
def call_new(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_applications.open_call")
    form = CallForm(posted(request), user=request.user, initial={"opens_on": timezone.localdate()})
    if form.is_valid():
        call = actions.open_call(actor=request.user, **form.cleaned_data)
        messages.success(request, _("Your call is ready. Send people its address: they apply there."))
        return redirect(call)
    return _call_page(request, form, None)


@login_required
def call_edit(request: PersonRequest, pk: int) -> HttpResponse:
    call = get_object_or_404(Call.objects.reviewed_by(request.user).select_related("cohort"), pk=pk)
    require(request.user, "mentoring_applications.change_call", call)
    form = CallForm(posted(request), user=request.user, instance=call)
    if form.is_valid():
        actions.change_call(Call.objects.get(pk=pk), actor=request.user, **form.cleaned_data)
        messages.success(request, _("The call is saved."))
        return redirect("mentoring_applications:call_board", pk)
    return _call_page(request, form, call)


def _call_page(request: PersonRequest, form: CallForm, call: Call | None) -> HttpResponse:
    context = {"form": form, "call": call}
    return render(request, "applications/call_form.html", context, status=422 if form.is_bound else 200)


@login_required
def call_board(request: PersonRequest, pk: int) -> HttpResponse:
    call = get_object_or_404(Call.objects.reviewed_by(request.user).select_related("cohort"), pk=pk)
    columns, ended = columns_of(call)
    context = {
        "call": call,
        "columns": columns,
        "ended": ended,
        "may_change": request.user.has_perm("mentoring_applications.change_call", call),
    }
    return render(request, "applications/call_board.html", context)


@login_required
def application_detail(request: PersonRequest, pk: int) -> HttpResponse:
    application = _application(request, pk)
    form = NoteForm(posted(request))
    if request.method == "POST":
        require(request.user, "mentoring_applications.decide_application", application)
    if form.is_valid():
        actions.note_on_application(application, actor=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Your note is saved."))
        return redirect(application)
    context = {
        "application": application,
        "form": form,
        "move_form": MoveForm(initial={"stage": application.stage}, auto_id="move_%s"),
        "changes": application.changes.select_related("actor"),
        "notes": application.notes.select_related("author"),
        "may_decide": request.user.has_perm("mentoring_applications.decide_application", application),
    }
    status = 422 if form.is_bound else 200
    return render(request, "applications/application_detail.html", context, status=status)


@login_required
def application_cv(request: PersonRequest, pk: int) -> HttpResponseBase:
    application = _application(request, pk)
    require(request.user, "mentoring_applications.decide_application", application)
    cv = actions.read_cv(application, actor=request.user, at=timezone.now())
    if cv is None:
        raise Http404
    return file_response(cv)


@login_required
@require_POST
def application_move(request: PersonRequest, pk: int) -> HttpResponse:
    application = _application(request, pk)
    require(request.user, "mentoring_applications.decide_application", application)
    try:
        stage = request.POST.get("stage", "")
        moved = actions.move_application(application, actor=request.user, stage=stage, at=timezone.now())
        words = {"name": moved, "stage": moved.get_stage_display()}
        messages.success(request, _("%(name)s now stands under “%(stage)s”.") % words)
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect("mentoring_applications:call_board", application.call_id)


@login_required
def application_accept(request: PersonRequest, pk: int) -> HttpResponse:
    application = _application(request, pk)
    require(request.user, "mentoring_applications.decide_application", application)
    form = AcceptForm(posted(request))
    if form.is_valid() and _decide(request, application, form, actions.accept_application):
        messages.success(request, _("%(name)s is a mentor now.") % {"name": application})
        return redirect("mentoring_applications:call_board", application.call_id)
    return _decision_page(request, application, form, "applications/application_accept.html")


@login_required
def application_decline(request: PersonRequest, pk: int) -> HttpResponse:
    application = _application(request, pk)
    require(request.user, "mentoring_applications.decide_application", application)
    form = DeclineForm(posted(request))
    if form.is_valid() and _decide(request, application, form, actions.decline_application):
        messages.success(request, _("Your answer is on its way to %(name)s.") % {"name": application})
        return redirect("mentoring_applications:call_board", application.call_id)
    return _decision_page(request, application, form, "applications/application_decline.html")


def _decide(request: PersonRequest, application: Application, form: Form, decide: Any) -> bool:
    try:
        decide(application, actor=request.user, answer=form.cleaned_data["answer"], at=timezone.now())
    except DomainError as error:
        add_to_form(form, error)
        return False
    return True


def _decision_page(request: PersonRequest, application: Application, form: Form, template: str) -> HttpResponse:
    context = {"application": application, "form": form}
    return render(request, template, context, status=422 if form.is_bound else 200)


def _application(request: PersonRequest, pk: int) -> Application:
    applications = Application.objects.visible_to(request.user)
    return get_object_or_404(applications.select_related("call__cohort__organisation", "cv", "user"), pk=pk)
