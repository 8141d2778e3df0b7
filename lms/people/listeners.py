"""What signing in, signing out and setting up a second step bring about."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core.cache import cache
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from lms.journal.actions import record
from lms.people.actions import end_all_sessions, note_session
from lms.people.devices import device_of
from lms.people.models import OpenSession, User
from lms.people.second_step import WAYS


@receiver(user_logged_in)
def note_sign_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Remember the browser in which somebody signed in."""
    if key := request.session.session_key:
        note_session(user, key=key, device=device_of(request.headers.get("User-Agent", "")), at=timezone.now())
        cache.set(f"lms_people:seen:{key}", True, 300)


@receiver(user_logged_out)
def forget_session(request: HttpRequest | None, **kwargs: Any) -> None:
    """Forget the browser in which somebody signed out."""
    if request is not None and request.session.session_key:
        OpenSession.objects.filter(key=request.session.session_key).delete()


@receiver(authenticator_added)
def protect_account(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """Write down a new second step; with the first one, whoever got in without it elsewhere is signed out."""
    if authenticator.type not in WAYS:
        return
    record("changed", user, actor=user, data={"second_step": authenticator.type})
    user.second_step = None
    if Authenticator.objects.filter(user=user, type__in=WAYS).count() == 1:
        end_all_sessions(user, actor=user, at=timezone.now(), but=request.session.session_key)
        update_session_auth_hash(request, user)


@receiver(authenticator_removed)
def note_removal(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """Write down that a second step is gone."""
    if authenticator.type in WAYS:
        record("changed", user, actor=user, data={"second_step_removed": authenticator.type})
