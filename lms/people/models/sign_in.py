"""What holds for signing in, and where people are signed in."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from lms.people.models.user import User


class SignInRules(models.Model):
    """The one row of what administrators decide about signing in.

    From ``second_step_from`` on, whoever coordinates, manages, edits or administers needs a second step; None asks
    nobody. The setting ``SECOND_FACTOR_FROM`` stands above it.
    """

    second_step_from = models.DateField(_("needed from"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_row_of_sign_in_rules")]

    def __str__(self) -> str:
        return "sign-in rules"


class OpenSessionQuerySet(models.QuerySet["OpenSession"]):
    """Reads of the places where people are signed in."""

    def open_for(self, user: "User", at: datetime) -> Self:
        """Return where ``user`` is still signed in: not expired, not signed out, not of an older password."""
        kept = Session.objects.filter(session_key=models.OuterRef("key"), expire_date__gt=at)
        return self.filter(models.Exists(kept), user=user, auth_hash=user.get_session_auth_hash())

    def ended(self, at: datetime) -> Self:
        """Return those whose session has gone or expired."""
        kept = Session.objects.filter(session_key=models.OuterRef("key"), expire_date__gt=at)
        return self.exclude(models.Exists(kept))


class OpenSession(models.Model):
    """A browser in which a person is signed in; ``device`` says in words which one.

    ``seen_at`` is right to some minutes. ``auth_hash`` is that of the person's password when the session began.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="open_sessions")
    key = models.CharField(max_length=40, unique=True, editable=False)
    auth_hash = models.CharField(max_length=128, editable=False)
    device = models.CharField(_("device"), max_length=120)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    objects = OpenSessionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return self.device
