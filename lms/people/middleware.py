"""What happens before a page opens: the second step that is missing, and noting where somebody is signed in."""

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone

from lms.people.actions import note_session
from lms.people.devices import device_of
from lms.people.models import User
from lms.people.second_step import second_step_of

OPEN = {
    "lms_people:second_step",
    "account_logout",
    "account_reauthenticate",
    "lms_serving:health",
    "theme_brand:stylesheet",
    "set_language",
}
"""Addresses that open without the second step, beside those of setting it up."""
ADMINS = ("/cms/", "/administration/")
SEEN_EVERY = 300
"""Seconds after which it is noted anew that somebody is there."""


class Before:
    """What both have in common: they look on when an address is known, and else let everything pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)


class SecondStepFirst(Before):
    """Leads whoever lacks a second step that is due to the page for setting it up, before anything else opens."""

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseRedirect | None:
        """Redirect, or let the page open."""
        if _is_open(request) or not isinstance(request.user, User) or not _lacks_it(request, request.user):
            return None
        return redirect("lms_people:second_step")


class SeenSessions(Before):
    """Notes from time to time that a session is in use; in between, it asks the cache alone."""

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        """Note it, at most every few minutes."""
        key = request.session.session_key
        if key and cache.add(f"lms_people:seen:{key}", True, SEEN_EVERY) and isinstance(request.user, User):
            device = device_of(request.headers.get("User-Agent", ""))
            note_session(request.user, key=key, device=device, at=timezone.now())


def _is_open(request: HttpRequest) -> bool:
    name = request.resolver_match.view_name if request.resolver_match else ""
    return name in OPEN or name.startswith("mfa_")


def _lacks_it(request: HttpRequest, user: User) -> bool:
    step, now = second_step_of(user), timezone.now()
    if step.is_missing(now):
        return True
    # Groups may let people into an admin who hold none of the roles.
    inside = request.path.startswith(ADMINS) and step.is_due(now) and not step.ready
    return inside and user.has_perm("wagtailadmin.access_admin")
