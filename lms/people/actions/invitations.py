"""Inviting people, and accepting an invitation."""

from contextlib import suppress
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from lms.journal.actions import record
from lms.people import errors
from lms.people.models import Department, Invitation, OneTimeCode, Organisation, User
from lms.people.names import free_username
from lms.people.tasks import mail_invitation
from lms.people.tokens import token_of


@transaction.atomic
def invite_person(
    *,
    actor: User | None,
    first_name: str,
    last_name: str,
    email: str,
    reason: str,
    at: datetime,
    organisation: Organisation | None = None,
    department: Department | None = None,
    mail: bool = True,
) -> User:
    """Return the account with this address; make it, and mail its owner an invitation, where there is none.

    Without an address an account is made in any case: its owner gets the invitation on paper, with a one-time code.

    ``reason`` ends the sentence "… invites you to". An account that was there stays as it is: its owner gets the
    invitation once more while it was not accepted, else the caller tells what is new. Without ``mail`` the caller
    sends the link (``invitation_path``) in a mail of its own.
    """
    user, is_new = _account_for(first_name, last_name, email, organisation, department)
    if is_new:
        _invite(user, actor=actor, reason=reason, at=at, mail=mail)
    else:
        _remind(user, actor=actor, at=at, mail=mail)
    return user


def _account_for(
    first_name: str, last_name: str, email: str, organisation: Organisation | None, department: Department | None
) -> tuple[User, bool]:
    for _attempt in range(5):
        if found := User.objects.with_email(email).first():
            return found, False
        # Somebody may take the user name or the address between the look and the write: then look again.
        with suppress(IntegrityError), transaction.atomic():
            return _make_account(first_name, last_name, email, organisation, department), True
    raise IntegrityError(f"no free user name for {first_name} {last_name}")


def _make_account(
    first_name: str, last_name: str, email: str, organisation: Organisation | None, department: Department | None
) -> User:
    return User.objects.create_user(
        free_username(first_name, last_name),
        email,
        None,
        first_name=first_name,
        last_name=last_name,
        organisation=organisation,
        department=department,
    )


def _invite(user: User, *, actor: User | None, reason: str, at: datetime, mail: bool) -> None:
    invitation = Invitation.objects.create(
        user=user,
        invited_by=actor,
        reason=reason[:250],
        expires_at=at + timedelta(days=settings.INVITATION_DAYS),
        # Whoever sends a mail of their own answers for it.
        mailed_at=None if mail else at,
    )
    record("invited", user, actor=actor, data={"reason": reason}, at=at)
    if mail and user.email:
        transaction.on_commit(lambda: mail_invitation.enqueue(invitation.pk))


def _remind(user: User, *, actor: User | None, at: datetime, mail: bool) -> None:
    waiting = Invitation.objects.filter(user=user, accepted_at=None).first()
    if waiting and not user.has_usable_password() and (user.is_active or waiting.withdrawn_at):
        resend_invitation(waiting, actor=actor, at=at, mail=mail)


@transaction.atomic
def resend_invitation(invitation: Invitation, *, actor: User | None, at: datetime, mail: bool = True) -> Invitation:
    """Open an invitation for the full time again, and mail it once more unless the caller does.

    Raises ``InvitationUsed`` ("invitation_used") and, for who is reached by paper alone, ``NoAddress`` ("no_address").
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at:
        raise errors.InvitationUsed
    if mail and not invitation.user.email:
        raise errors.NoAddress
    if invitation.withdrawn_at:
        User.objects.filter(pk=invitation.user_id).update(is_active=True)
    invitation.expires_at = at + timedelta(days=settings.INVITATION_DAYS)
    invitation.mailed_at = None if mail else at
    invitation.failed_at = invitation.withdrawn_at = None
    invitation.save(update_fields=["expires_at", "mailed_at", "failed_at", "withdrawn_at"])
    record("invited", invitation.user, actor=actor, data={"again": True}, at=at)
    if mail:
        transaction.on_commit(lambda: mail_invitation.enqueue(invitation.pk))
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, actor: User, at: datetime) -> Invitation:
    """Take an invitation back before it is accepted: link and code stop working, and the account is closed.

    Inviting the person anew opens both again. Raises ``InvitationUsed`` ("invitation_used").
    """
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("user").get(pk=invitation.pk)
    if invitation.accepted_at or invitation.user.has_usable_password():
        raise errors.InvitationUsed
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at = invitation.expires_at = at
        invitation.save(update_fields=["withdrawn_at", "expires_at"])
        OneTimeCode.objects.filter(user=invitation.user_id).delete()
        User.objects.filter(pk=invitation.user_id).update(is_active=False)
        record("withdrew", invitation.user, actor=actor, data={"invitation": True}, at=at)
    return invitation


def invitation_path(user: User) -> str | None:
    """Return the address where an invited person chooses a password, or None when there is nothing to accept."""
    waiting = Invitation.objects.filter(user=user, accepted_at=None).first()
    if waiting is None or user.has_usable_password():
        return None
    return reverse("lms_people:invitation_accept", args=[token_of(waiting)])


@transaction.atomic
def accept_invitation(
    invitation: Invitation, *, password: str, username: str | None = None, at: datetime
) -> Invitation:
    """Set the password, and the user name where one is given; the address counts as confirmed by the link.

    Raises ``InvitationUsed`` ("invitation_used"), ``InvitationExpired`` ("invitation_expired"), ``UsernameTaken``
    ("username_taken").
    """
    invitation = Invitation.objects.select_for_update().select_related("user").get(pk=invitation.pk)
    check_open(invitation, at=at)
    user = invitation.user
    if username and User.objects.with_username(username).exclude(pk=user.pk).exists():
        raise errors.UsernameTaken
    user.username = username or user.username
    user.set_password(password)
    user.save(update_fields=["username", "password"])
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    _confirm_address(user)
    record("joined", user, actor=user, at=at)
    return invitation


def check_open(invitation: Invitation, *, at: datetime) -> None:
    """Raise ``InvitationUsed`` or ``InvitationExpired`` when the link no longer works; a password set means used."""
    if invitation.accepted_at or invitation.user.has_usable_password():
        raise errors.InvitationUsed
    if not invitation.is_open(at):
        raise errors.InvitationExpired


def _confirm_address(user: User) -> None:
    EmailAddress.objects.filter(user=user).update(primary=False)
    EmailAddress.objects.update_or_create(
        user=user, email=user.email.lower(), defaults={"verified": True, "primary": True}
    )
