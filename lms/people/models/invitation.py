"""Accounts that wait for their owners."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.utils.translation import gettext_lazy as _


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reads of invitations."""

    def waiting(self) -> Self:
        """Keep those that nobody accepted, by link or by paper, and that were not withdrawn."""
        never = {"accepted_at": None, "withdrawn_at": None}
        return self.filter(**never, user__is_active=True, user__password__startswith=UNUSABLE_PASSWORD_PREFIX)

    def failed(self) -> Self:
        """Keep those whose mail could not be sent."""
        return self.filter(mailed_at=None, failed_at__isnull=False)

    def over_by(self, at: datetime) -> Self:
        """Keep those that nobody accepted and whose time was over by then, withdrawn ones among them."""
        never = {"accepted_at": None, "expires_at__lt": at}
        return self.filter(**never, user__password__startswith=UNUSABLE_PASSWORD_PREFIX, user__last_login=None)


class Invitation(models.Model):
    """An account that waits for its owner: the link carries a signed token and ends when it expires or is used.

    ``mailed_at`` is None while the mail still has to leave; ``failed_at`` says when it last could not. A withdrawn
    invitation has expired; inviting the person anew opens it again.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitation")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("invited to"), max_length=250, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.user)

    def is_open(self, at: datetime) -> bool:
        """Return whether the link still works at that time."""
        return self.accepted_at is None and at < self.expires_at
