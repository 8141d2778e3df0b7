"""What reviewers write about applications: notes, and why it was decided so."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring_ext.applications.models.application import Application
from mentoring_ext.applications.models.stage import Stage


class Note(models.Model):
    """What a reviewer noted about an application; the applicant does not see it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("note"))
    written_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["written_at"]
        verbose_name = _("note")
        verbose_name_plural = _("notes")

    def __str__(self) -> str:
        return self.text[:60]


class Decision(models.Model):
    """Who accepted or declined an application, and why, in words for the file; the applicant gets the answer."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="decision")
    outcome = models.CharField(_("decision"), max_length=20, choices=Stage)
    reason = models.TextField(_("reason"), blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return f"{self.application}: {self.get_outcome_display()}"
