"""The form of a call: written, kept, gone on with, and sent."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lms.errors import shown_in
from lms.files.serve import file_response
from lms.http import posted
from lms.privacy.actions import days_kept
from lms.robots import RobotGuard, may_try, slow_down
from mentoring_ext.applications import actions
from mentoring_ext.applications.forms import ApplicationForm
from mentoring_ext.applications.models import Application, Call, Draft
from mentoring_ext.applications.retention import DRAFT
from mentoring_ext.applications.tokens import draft_of, draft_token, status_token
from mentoring_ext.applications.views.calls import call_named, own_token, person_of


@never_cache
def application_new(request: HttpRequest, slug: str) -> HttpResponse:
    call = call_named(request, slug)
    if not call.is_open(timezone.localdate()) or own_token(request, call):
        return redirect(call)
    if request.method == "POST" and not may_try(request, "apply"):
        return slow_down(request)
    guard = RobotGuard(posted(request), at=timezone.now())
    draft = _draft(call, guard.form_key)
    form = _form(request, call, draft)
    if form.is_valid() and guard.lets_in(form):
        with shown_in(form):
            return _after_applying(request, _apply(call, form, guard.form_key))
    if form.is_bound:
        draft = _keep(request, call, form, guard.form_key)
    return _page(request, call, form, guard, draft)


def _draft(call: Call, key: UUID) -> Draft | None:
    return Draft.objects.filter(call=call, key=key).prefetch_related("files__file").first()


def _form(request: HttpRequest, call: Call, draft: Draft | None) -> ApplicationForm:
    known = {row.field: row.file for row in draft.files.all()} if draft else {}
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return ApplicationForm(call.version, data, files, user=person_of(request), known=known)


def _apply(call: Call, form: ApplicationForm, key: UUID) -> Application:
    now = timezone.now()
    return actions.apply(call, applicant=form.applicant(), form_key=key, at=now, today=timezone.localdate(now))


def _after_applying(request: HttpRequest, application: Application) -> HttpResponse:
    # A stranger gets the same answer whether the address has applied before or not.
    own = request.user.is_authenticated and application.user_id == request.user.pk
    if own and application.stage != Application.Stage.UNCONFIRMED:
        messages.success(request, _("Thank you! Your application has arrived."))
        return redirect("mentoring_applications:application_status", status_token(application))
    return redirect("mentoring_applications:application_sent", application.call.slug)


def _keep(request: HttpRequest, call: Call, form: ApplicationForm, key: UUID) -> Draft | None:
    """Keep a form that is not right yet, so that nothing typed or uploaded is lost; None when that is not possible."""
    now = timezone.now()
    with shown_in(form):
        return actions.keep_draft(
            call, actor=person_of(request), key=key, typed=form.typed(), at=now, today=timezone.localdate(now)
        )
    return None


def _page(
    request: HttpRequest, call: Call, form: ApplicationForm, guard: RobotGuard, draft: Draft | None
) -> HttpResponse:
    if draft:
        form.show_files(_files_shown(draft))
    context = {"call": call, "form": form, "guard": guard, "draft": draft, "days_kept": days_kept(DRAFT)}
    return render(request, "applications/application_new.html", context, status=422 if form.is_bound else 200)


def _files_shown(draft: Draft) -> dict[str, tuple[Any, str]]:
    token = draft_token(draft)
    rows = draft.files.select_related("file")
    return {
        row.field: (row.file, reverse("mentoring_applications:draft_file", args=[token, row.field])) for row in rows
    }


def application_sent(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "applications/application_sent.html", {"call": call_named(request, slug)})


@require_POST
def application_keep(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what is typed so far: asked for by its button, or by the page itself while somebody writes."""
    call, guard = call_named(request, slug), RobotGuard(request.POST, at=timezone.now())
    draft = _draft(call, guard.form_key)
    if not may_try(request, "draft" if draft and not request.FILES else "apply"):
        return slow_down(request)
    form = _form(request, call, draft)
    draft = _keep(request, call, form, guard.form_key)
    if request.accepts("text/html"):
        return _after_keeping(request, call, draft)
    if draft is None:
        return JsonResponse({}, status=409)
    return JsonResponse(
        {"saved": time_format(timezone.localtime(draft.saved_at), "H:i"), "address": draft.get_absolute_url()}
    )


def _after_keeping(request: HttpRequest, call: Call, draft: Draft | None) -> HttpResponse:
    if draft is None:
        messages.error(request, _("This could not be kept: the form was sent already, or the call is closed."))
        return redirect(call)
    if draft.email and may_try(request, "mail_link", key=draft.email.lower()):
        actions.mail_draft_link(draft, at=timezone.now())
    return redirect("mentoring_applications:draft_kept", draft_token(draft))


@never_cache
def draft_edit(request: HttpRequest, token: str) -> HttpResponse:
    draft = draft_of(token)
    if draft is None:
        return render(request, "applications/link_broken.html", status=404)
    if not draft.call.is_open(timezone.localdate()):
        return render(request, "applications/draft_kept.html", {"draft": draft, "token": token, "too_late": True})
    form = _form(request, draft.call, draft)
    form.go_on_with(draft)
    return _page(request, draft.call, form, RobotGuard(at=timezone.now(), key=draft.key), draft)


@never_cache
def draft_kept(request: HttpRequest, token: str) -> HttpResponse:
    draft = draft_of(token)
    if draft is None:
        return render(request, "applications/link_broken.html", status=404)
    context = {"draft": draft, "token": token, "address": request.build_absolute_uri(draft.get_absolute_url())}
    return render(request, "applications/draft_kept.html", context)


def draft_file(request: HttpRequest, token: str, code: str) -> HttpResponseBase:
    draft = draft_of(token)
    if draft is None:
        raise Http404
    return file_response(get_object_or_404(draft.files.select_related("file"), field=code).file, inline=True)


@require_POST
def draft_delete(request: HttpRequest, token: str) -> HttpResponse:
    draft = draft_of(token)
    if draft is None:
        return render(request, "applications/link_broken.html", status=404)
    actions.throw_draft_away(draft, actor=person_of(request))
    messages.success(request, _("What you wrote is thrown away."))
    return redirect(draft.call)
