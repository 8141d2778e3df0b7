"""The one door for signing in."""

from typing import Any

from allauth.account.views import email as allauth_email
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from lms.http import PersonRequest
from lms.people import actions


def admin_sign_in(request: HttpRequest) -> HttpResponse:
    # Somebody who is signed in comes here only for lack of rights; the sign-in page would send them back for ever.
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect(f"{reverse('account_login')}?{request.GET.urlencode()}")


@login_required
def address(request: PersonRequest) -> HttpResponse:
    # allauth forgets an address that nobody confirmed as soon as another one is asked for.
    actions.keep_address(request.user)
    answer: HttpResponse = allauth_email(request)
    return answer


@require_POST
def provider_leave(request: HttpRequest, name: str) -> HttpResponse:
    # A page in between: browsers hold a form's redirect to other sites against the content policy.
    try:
        provider: Any = get_adapter().get_provider(request, name)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    process = "connect" if request.user.is_authenticated and request.POST.get("process") == "connect" else "login"
    wanted = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    answer = provider.redirect(request, process=process, next_url=wanted if here else None)
    context = {"provider": provider, "address": answer.get("Location", "")}
    return render(request, "people/provider_leave.html", context) if context["address"] else answer
