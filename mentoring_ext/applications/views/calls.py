"""The calls that people can apply to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from lms.people.models import User
from mentoring_ext.applications.models import Call, Draft
from mentoring_ext.applications.tokens import status_token


def call_list(request: HttpRequest) -> HttpResponse:
    calls = Call.objects.listed_for(request.user).open_on(timezone.localdate())
    context = {"calls": calls.select_related("organisation", "cohort__programme")}
    return render(request, "applications/call_list.html", context)


def call_detail(request: HttpRequest, slug: str) -> HttpResponse:
    call = call_named(request, slug)
    context = {
        "call": call,
        "is_open": call.is_open(timezone.localdate()),
        "own_token": own_token(request, call),
        "draft": Draft.objects.filter(call=call, user=request.user.pk).first() if request.user.pk else None,
        "may_review": request.user.has_perm("mentoring_applications.review_call", call),
    }
    return render(request, "applications/call_detail.html", context)


def call_named(request: HttpRequest, slug: str) -> Call:
    """Return the call of this address; raises ``Http404`` when it does not stand on public pages yet."""
    calls = Call.objects.visible_to(request.user, timezone.localdate())
    related = calls.select_related("organisation", "cohort__programme", "version__questionnaire")
    return get_object_or_404(related.prefetch_related("version__sections__questions"), slug=slug)


def own_token(request: HttpRequest, call: Call) -> str:
    """Return the link text of the application that the person sent to this call while signed in, if any."""
    own = call.applications.confirmed().filter(user=request.user.pk).first() if request.user.pk else None
    return status_token(own) if own else ""


def person_of(request: HttpRequest) -> User | None:
    """Return who is signed in, if anybody."""
    return request.user if isinstance(request.user, User) else None
