"""Open calls, applying, and the applicant's own page behind a signed link."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lms.errors import DomainError, add_to_form
from lms.files.forms import keep_uploads
from lms.http import posted
from lms.people.models import User
from mentoring_ext.applications import actions
from mentoring_ext.applications.forms import ApplicationForm
from mentoring_ext.applications.models import Application, Call
from mentoring_ext.applications.tokens import application_of, application_to_confirm, status_token


def call_list(request: HttpRequest) -> HttpResponse:
    calls = Call.objects.listed_for(request.user).open_on(timezone.localdate())
    calls = calls.select_related("organisation", "cohort__programme")
    return render(request, "applications/call_list.html", {"calls": calls})


def call_detail(request: HttpRequest, slug: str) -> HttpResponse:
    call = _call(request, slug)
    context = {
        "call": call,
        "is_open": call.is_open(timezone.localdate()),
        "own_token": _own_token(request, call),
        "may_review": request.user.has_perm("mentoring_applications.review_call", call),
    }
    return render(request, "applications/call_detail.html", context)


@never_cache
def application_new(request: HttpRequest, slug: str) -> HttpResponse:
    call = _call(request, slug)
    if not call.is_open(timezone.localdate()) or _own_token(request, call):
        return redirect(call)
    if request.method == "POST" and not ratelimit.consume(request, action="apply"):
        too_many: HttpResponse = ratelimit.respond_429(request)
        return too_many
    files = request.FILES if request.method == "POST" else None
    form = ApplicationForm(posted(request), files, user=_person(request), at=timezone.now())
    if form.is_valid() and (application := _apply(call, form)):
        return _after_applying(request, application)
    if form.is_bound:
        keep_uploads(form, actor=_person(request))
    context = {"call": call, "form": form}
    return render(request, "applications/application_new.html", context, status=422 if form.is_bound else 200)


def _apply(call: Call, form: ApplicationForm) -> Application | None:
    try:
        return actions.apply(
            call,
            applicant=form.applicant(),
            form_key=form.form_key,
            at=timezone.now(),
            today=timezone.localdate(),
        )
    except DomainError as error:
        add_to_form(form, error)
        return None


def _after_applying(request: HttpRequest, application: Application) -> HttpResponse:
    # A stranger gets the same answer whether the address has applied before or not.
    own = request.user.is_authenticated and application.user_id == request.user.pk
    if own and application.stage != Application.Stage.UNCONFIRMED:
        messages.success(request, _("Thank you! Your application has arrived."))
        return redirect("mentoring_applications:application_status", status_token(application))
    return redirect("mentoring_applications:application_sent", application.call.slug)


def application_sent(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "applications/application_sent.html", {"call": _call(request, slug)})


@never_cache
def application_confirm(request: HttpRequest, token: str) -> HttpResponse:
    application = application_to_confirm(token)
    if application is None:
        return render(request, "applications/link_broken.html", status=404)
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
        return render(request, "applications/link_broken.html", status=404)
    context = {"application": application, "changes": application.changes.all(), "token": token}
    return render(request, "applications/application_status.html", context)


@require_POST
def application_withdraw(request: HttpRequest, token: str) -> HttpResponse:
    application = application_of(token)
    if application is None:
        return render(request, "applications/link_broken.html", status=404)
    try:
        actions.withdraw_application(application, at=timezone.now())
        messages.success(request, _("You took your application back."))
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect("mentoring_applications:application_status", token)


def _call(request: HttpRequest, slug: str) -> Call:
    calls = Call.objects.visible_to(request.user, timezone.localdate())
    return get_object_or_404(calls.select_related("organisation", "cohort__programme"), slug=slug)


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _own_token(request: HttpRequest, call: Call) -> str:
    """Return the link text of the application that the person sent to this call while signed in, if any."""
    own = call.applications.confirmed().filter(user=request.user.pk).first() if request.user.pk else None
    return status_token(own) if own else ""
