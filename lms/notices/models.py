"""What a person is told."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """One thing that a person is told, with the address that it leads to. ``kind`` is a registered notice kind."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    text = models.CharField(_("text"), max_length=300)
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index("recipient", "-created_at", name="notices_of_a_person")]

    def __str__(self) -> str:
        return self.text


class MailChoice(models.Model):
    """A kind of notice that a person does not want by mail."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_choices")
    kind = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint("user", "kind", name="mail_choice_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind}"
