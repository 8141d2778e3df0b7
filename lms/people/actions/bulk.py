"""Many accounts at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import QuerySet

from lms.journal.actions import record_each
from lms.people.models import Department, Invitation, Organisation, User
from lms.people.names import free_usernames
from lms.people.tasks import mail_invitations

BATCH = 500
MAILS_IN_A_TASK = 50


@dataclass(frozen=True)
class NewPerson:
    """Somebody for whom an account is to be made; without ``username`` a free one is found. ``email`` may be empty."""

    first_name: str
    last_name: str
    email: str = ""
    username: str = ""
    language: str = settings.LANGUAGE_CODE
    organisation: Organisation | None = None
    department: Department | None = None
    reason: str = ""


@transaction.atomic
def invite_people(people: Sequence[NewPerson], *, actor: User | None, at: datetime) -> list[User]:
    """Make an account and an invitation for each, in the same order, and mail it to those who have an address.

    A few statements for thousands. The caller has seen that addresses and user names are free; somebody who takes one
    in the same moment makes this raise ``IntegrityError``, with nothing written.
    """
    usernames = free_usernames([(one.username, one.first_name, one.last_name) for one in people])
    users = [_account(one, username) for one, username in zip(people, usernames, strict=True)]
    User.objects.bulk_create(users, batch_size=BATCH)
    expires = at + timedelta(days=settings.INVITATION_DAYS)
    invitations = Invitation.objects.bulk_create(
        [
            Invitation(user=user, invited_by=actor, reason=one.reason[:250], created_at=at, expires_at=expires)
            for one, user in zip(people, users, strict=True)
        ],
        batch_size=BATCH,
    )
    reasons = ({"reason": one.reason} for one in people)
    record_each("invited", zip(users, reasons, strict=True), actor=actor, at=at)
    mail_each([invitation for invitation in invitations if invitation.user.email])
    return users


def _account(one: NewPerson, username: str) -> User:
    return User(
        username=username,
        first_name=one.first_name,
        last_name=one.last_name,
        email=one.email,
        password=make_password(None),
        language=one.language,
        organisation=one.organisation,
        department=one.department,
    )


def mail_each(invitations: Sequence[Invitation]) -> None:
    """Mail these invitations once the transaction is committed, some in each task."""
    keys = [invitation.pk for invitation in invitations]
    for start in range(0, len(keys), MAILS_IN_A_TASK):
        some = keys[start : start + MAILS_IN_A_TASK]
        transaction.on_commit(partial(mail_invitations.enqueue, some))


@transaction.atomic
def reopen_invitations(users: Sequence[User], *, at: datetime) -> list[Invitation]:
    """Open the invitations again that ran out before they were accepted, and mail them once more."""
    late = Invitation.objects.select_related("user").filter(accepted_at=None, expires_at__lte=at)
    found = [one for one in _of(late, users) if not one.user.has_usable_password()]
    for invitation in found:
        invitation.expires_at = at + timedelta(days=settings.INVITATION_DAYS)
        if invitation.withdrawn_at:
            User.objects.filter(pk=invitation.user_id).update(is_active=True)
        invitation.mailed_at = invitation.failed_at = invitation.withdrawn_at = None
    changed = ["expires_at", "mailed_at", "failed_at", "withdrawn_at"]
    Invitation.objects.bulk_update(found, changed, batch_size=BATCH)
    mail_each([invitation for invitation in found if invitation.user.email])
    return found


def _of(invitations: QuerySet[Invitation], users: Sequence[User]) -> list[Invitation]:
    keys = [user.pk for user in users]
    parts = [keys[start : start + BATCH] for start in range(0, len(keys), BATCH)]
    return [invitation for part in parts for invitation in invitations.filter(user__in=part)]
