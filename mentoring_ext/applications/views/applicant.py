"""The applicant's own page behind a signed link."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lms.errors import DomainError, shown_in
from lms.files.serve import file_response
from lms.http import posted
from lms.robots import may_try, slow_down
from mentoring_ext.applications import actions
from mentoring_ext.applications.forms import ChangeForm, LinkForm
from mentoring_ext.applications.models import Application
from mentoring_ext.applications.own_page import file_named, page_of
from mentoring_ext.applications.tokens import application_of, application_to_confirm, status_token


def _broken(request: HttpRequest) -> HttpResponse:
    return render(request, "applications/link_broken.html", status=404)


@never_cache
def application_confirm(request: HttpRequest, token: str) -> HttpResponse:
    application = application_to_confirm(token)
    if application is None:
        return _broken(request)
    if request.method == "POST":
        application = actions.confirm_application(application, at=timezone.now())
        messages.success(request, _("Thank you! Your address is confirmed."))
    if application.stage != Application.Stage.UNCONFIRMED:
        return redirect("mentoring_applications:application_status", status_token(application))
    return render(request, "applications/application_confirm.html", {"application": application})


@never_cache
def application_status(request: HttpRequest, token: str) -> HttpResponse:
    application = application_of(token)
    if application is None:
        return _broken(request)
    context: dict[str, Any] = {"application": application, "token": token, "page": page_of(application, token)}
    return render(request, "applications/application_status.html", context)


@never_cache
def application_edit(request: HttpRequest, token: str) -> HttpResponse:
    application = application_of(token)
    if application is None:
        return _broken(request)
    if not application.is_editable:
        messages.error(request, _("A coordinator reads your application by now, so it cannot be changed any more."))
        return redirect("mentoring_applications:application_status", token)
    form = ChangeForm(application, posted(request), request.FILES if request.method == "POST" else None)
    if form.is_valid():
        with shown_in(form):
            actions.change_application(application, applicant=form.applicant(), at=timezone.now())
            messages.success(request, _("Your application is changed."))
            return redirect("mentoring_applications:application_status", token)
    if form.is_bound:
        form.keep_fresh_uploads()
    context = {"application": application, "form": form, "token": token}
    return render(request, "applications/application_edit.html", context, status=422 if form.is_bound else 200)


@never_cache
def application_file(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    application = application_of(token)
    file = file_named(application, name) if application else None
    if file is None:
        raise Http404
    return file_response(file, inline=True)


@require_POST
def application_withdraw(request: HttpRequest, token: str) -> HttpResponse:
    application = application_of(token)
    if application is None:
        return _broken(request)
    try:
        actions.withdraw_application(application, at=timezone.now())
        messages.success(request, _("You took your application back."))
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect("mentoring_applications:application_status", token)


@never_cache
def application_erase(request: HttpRequest, token: str) -> HttpResponse:
    application = application_of(token)
    if application is None:
        return _broken(request)
    if request.method == "POST":
        actions.erase_application(application, at=timezone.now())
        messages.success(request, _("Everything you sent us is erased."))
        return redirect("mentoring_applications:call_list")
    return render(request, "applications/application_erase.html", {"application": application, "token": token})


@never_cache
def link_new(request: HttpRequest) -> HttpResponse:
    form = LinkForm(posted(request))
    if form.is_valid():
        email = form.cleaned_data["email"]
        if not may_try(request, "mail_link", key=email.lower()):
            return slow_down(request)
        actions.mail_own_links(email)
        # The same words whether there is an application or not.
        messages.success(request, _("If we know this address, a mail with your links is on its way."))
        return redirect("mentoring_applications:link_new")
    return render(request, "applications/link_new.html", {"form": form}, status=422 if form.is_bound else 200)
