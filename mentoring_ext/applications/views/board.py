"""The board of a call, its list and its export; moving and deciding."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.errors import DomainError, shown_in
from lms.http import PersonRequest, posted
from lms.journal.actions import record
from mentoring_ext.applications import actions
from mentoring_ext.applications.actions.letters import text_for, words_of
from mentoring_ext.applications.board import cards_of, columns_of, page_of
from mentoring_ext.applications.forms.filters import FilterForm
from mentoring_ext.applications.forms.review import AcceptForm, DeclineForm
from mentoring_ext.applications.models import Application, Call, Letter, Purpose
from mentoring_ext.applications.views.fetching import application_of, call_of
from mentoring_ext.applications.workbook import workbook_of

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
def call_board(request: PersonRequest, pk: int) -> HttpResponse:
    call = call_of(request, pk, "review_call")
    filters = FilterForm(request.GET, call=call, user=request.user)
    context = _page(request, call, filters) | {"columns": columns_of(call, filters, timezone.now())}
    return render(request, "applications/call_board.html", context)


@login_required
def application_list(request: PersonRequest, pk: int) -> HttpResponse:
    call = call_of(request, pk, "review_call")
    filters = FilterForm(request.GET, call=call, user=request.user)
    found = filters.narrow(call.applications.confirmed(), timezone.now())
    page = page_of(call, found, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    context = _page(request, call, filters) | {"page": page, "number": found.count(), "deeds": actions.Deed.choices}
    return render(request, "applications/application_list.html", context)


def _page(request: PersonRequest, call: Call, filters: FilterForm) -> dict[str, Any]:
    return {
        "call": call,
        "filters": filters,
        "chips": list(filters.chips()),
        "address": filters.address(),
        "failed_letters": Letter.objects.failed().filter(application__call=call).count(),
        "may_change": request.user.has_perm("mentoring_applications.change_call", call),
    }


@login_required
def application_export(request: PersonRequest, pk: int) -> HttpResponse:
    call = call_of(request, pk)
    filters = FilterForm(request.GET, call=call, user=request.user)
    found = filters.narrow(call.applications.confirmed(), timezone.now()).order_by("applied_at", "pk")
    cards = cards_of(call, found)
    record("exported", call, actor=request.user, context=call.cohort, data={"rows": len(cards)}, at=timezone.now())
    name = f"applications-{call.pk}-{timezone.localdate():%Y-%m-%d}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(workbook_of(cards), content_type=SHEET, headers=headers)


@login_required
@require_POST
def application_move(request: PersonRequest, pk: int) -> HttpResponse:
    application = application_of(request, pk)
    stage, seen = request.POST.get("stage", ""), request.POST.get("seen") or None
    try:
        application = actions.move_application(
            application, actor=request.user, stage=stage, at=timezone.now(), seen=seen
        )
        text = _("%(name)s now stands under “%(stage)s”.")
        words = text % {"name": application, "stage": application.get_stage_display()}
    except DomainError as error:
        return _not_moved(request, application, error)
    if request.accepts("text/html"):
        messages.success(request, words)
        return redirect("mentoring_applications:call_board", application.call_id)
    return JsonResponse({"text": words, "stage": application.stage})


def _not_moved(request: PersonRequest, application: Application, error: DomainError) -> HttpResponse:
    application.refresh_from_db(fields=["stage"])
    if request.accepts("text/html"):
        messages.error(request, str(error.text))
        return redirect("mentoring_applications:call_board", application.call_id)
    return JsonResponse({"text": str(error.text), "stage": application.stage}, status=409)


@login_required
def application_accept(request: PersonRequest, pk: int) -> HttpResponse:
    application = application_of(request, pk)
    form = AcceptForm(posted(request))
    if form.is_valid() and "preview" not in request.POST:
        with shown_in(form):
            actions.accept_application(application, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("%(name)s is a mentor now.") % {"name": application})
            return redirect("mentoring_applications:call_board", application.call_id)
    return _decision_page(request, application, form, Purpose.ACCEPTED)


@login_required
def application_decline(request: PersonRequest, pk: int) -> HttpResponse:
    application = application_of(request, pk)
    form = DeclineForm(posted(request))
    if form.is_valid() and "preview" not in request.POST:
        with shown_in(form):
            actions.decline_application(application, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Your answer is on its way to %(name)s.") % {"name": application})
            return redirect("mentoring_applications:call_board", application.call_id)
    return _decision_page(request, application, form, Purpose.DECLINED)


def _decision_page(request: PersonRequest, application: Application, form: Form, purpose: Purpose) -> HttpResponse:
    text = text_for(application.call.organisation, purpose)
    answer = str(form["answer"].value() or "")
    context = {
        "application": application,
        "form": form,
        "letter": words_of(application, text, actor=request.user, answer=answer or f"({_('your answer')})"),
        "texts_url": reverse(
            "mentoring_applications:letter_text_edit", args=[application.call.organisation_id, purpose.value]
        ),
        "previewed": "preview" in request.POST,
    }
    wrong = form.is_bound and not form.is_valid()
    name = "accept" if purpose == Purpose.ACCEPTED else "decline"
    return render(request, f"applications/application_{name}.html", context, status=422 if wrong else 200)
