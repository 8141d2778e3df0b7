"""Closing an account when somebody leaves, and opening it again."""

from datetime import datetime

from django.db import transaction

from lms.journal.actions import record
from lms.people import errors
from lms.people.actions.roles import check_not_last
from lms.people.actions.sessions import end_all_sessions
from lms.people.models import Invitation, User


@transaction.atomic
def close_account(user: User, *, actor: User, at: datetime) -> User:
    """Let nobody sign in to an account any more: sessions end, sockets close, mails stop, an open invitation ends.

    Nothing that the person did goes away; roles stay, for the day on which the account is opened again.
    Raises ``OwnAccount`` ("own_account") and ``LastAdministrator`` ("last_administrator").
    """
    if actor.pk == user.pk:
        raise errors.OwnAccount
    check_not_last(user)
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        return user
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_all_sessions(user, actor=actor, at=at)
    Invitation.objects.filter(user=user, accepted_at=None, expires_at__gt=at).update(expires_at=at)
    record("closed", user, actor=actor, at=at)
    return user


@transaction.atomic
def reopen_account(user: User, *, actor: User, at: datetime) -> User:
    """Let a person sign in again with the password that they had, in a new session.

    Raises ``AccountErased`` ("account_erased").
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_erased:
        raise errors.AccountErased
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
        record("reopened", user, actor=actor, at=at)
    return user
