"""Accounts that are to be erased."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from lms.people.models import User


class ErasureQuerySet(models.QuerySet["Erasure"]):
    """Reads of erasures."""

    def visible_to(self, user: "User") -> Self:
        """Return all for those who may erase others, else the person's own."""
        return self if user.has_perm("lms_privacy.erase_others") else self.filter(user=user)

    def open(self) -> Self:
        """Return those that still wait for their day."""
        return self.filter(cancelled_at=None, done_at=None)

    def due(self, at: datetime) -> Self:
        """Return those whose day has come."""
        return self.open().filter(due_at__lte=at)


class Erasure(models.Model):
    """That an account is to be erased: who asked for it, why, and when it happens unless somebody stops it.

    ``reason`` is given when an administrator erases somebody else's account. ``user`` stays afterwards, without a name.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="erasures")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = ErasureQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "user", condition=models.Q(cancelled_at=None, done_at=None), name="one_open_erasure_a_person"
            )
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its day."""
        return self.cancelled_at is None and self.done_at is None

    @property
    def is_own(self) -> bool:
        """Whether the person asked for it."""
        return self.asked_by_id == self.user_id
