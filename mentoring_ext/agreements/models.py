"""The mentoring agreement in versions, and its signatures."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring_ext.groups.models import MentoringGroup


class Agreement(models.Model):
    """One version of a group's agreement; a change after the first signature makes a new version."""

    class Format(models.TextChoices):
        ONLINE = "online", _("Online")
        IN_PERSON = "in_person", _("In person")
        MIXED = "mixed", _("Partly online, partly in person")

    group = models.ForeignKey(MentoringGroup, models.CASCADE, related_name="agreements")
    version = models.PositiveIntegerField(_("version"), default=1)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    session_minutes = models.PositiveSmallIntegerField(_("length of a session in minutes"))
    frequency = models.CharField(_("how often you meet"), max_length=100)
    format = models.CharField(_("format"), max_length=20, choices=Format)
    place = models.CharField(_("place"), max_length=200, blank=True)
    goals = models.TextField(_("goals that you set together"))
    responsibilities = models.TextField(_("who is responsible for what"))
    contact_limits = models.TextField(_("when you may contact each other"))
    rules = models.TextField(_("rules of cooperation"))
    privacy = models.TextField(_("privacy statement"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    signed_at = models.DateTimeField(_("signed by everybody"), null=True, blank=True)

    class Meta:
        ordering = ["group", "-version"]
        constraints = [
            models.UniqueConstraint("group", "version", name="agreement_version_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="agreement_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} ({self.version})"


class Signature(models.Model):
    """A party's signature: the name as typed, when, and the digest (SHA-256) of the text that was signed."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatures")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="signatures")
    name = models.CharField(_("name"), max_length=300)
    signed_at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["signed_at"]
        constraints = [models.UniqueConstraint("agreement", "user", name="signature_once")]

    def __str__(self) -> str:
        return f"{self.name} – {self.agreement}"
