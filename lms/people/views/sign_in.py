"""The one door for signing in."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


def admin_sign_in(request: HttpRequest) -> HttpResponse:
    # Somebody who is signed in comes here only for lack of rights; the sign-in page would send them back for ever.
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect(f"{reverse('account_login')}?{request.GET.urlencode()}")
