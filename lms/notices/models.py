"""What a person is told."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from lms.people.models import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Reads of notices."""

    def visible_to(self, user: "User") -> Self:
        """Return the person's own notices, newest first."""
        return self.filter(recipient=user).order_by("-pk")

    def before(self, pk: str) -> Self:
        """Return those older than the one with this key; all of them when the key is no number."""
        return self.filter(pk__lt=int(pk)) if pk.isdecimal() else self


class Notice(models.Model):
    """One thing that a person is told, with the address that it leads to. ``kind`` is a registered notice kind."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    text = models.CharField(_("text"), max_length=300)
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["recipient", "-created_at"], name="notices_of_a_person")]

    def __str__(self) -> str:
        return self.text


class MailChoice(models.Model):
    """A kind of notice that a person does not want by mail."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_choices")
    kind = models.CharField(max_length=60)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint("user", "kind", name="mail_choice_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind}"
