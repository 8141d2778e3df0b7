"""What a person changed in a run by hand."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring_ext.matching.models.run import MatchRun


class Change(models.Model):
    """One change by hand: who, when, why, and what it cost the whole in millionths of a score.

    A move takes the mentee from ``former`` to ``mentor`` (None: without one), in exchange with ``partner`` where there
    is one. The last change that is not undone can be undone.
    """

    class Kind(models.TextChoices):
        MOVED = "moved", _("Moved")
        LOCKED = "locked", _("Locked")
        UNLOCKED = "unlocked", _("Lock taken off")
        FORBIDDEN = "forbidden", _("Pair excluded")

    run = models.ForeignKey(MatchRun, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=20, choices=Kind)
    mentee = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    former = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    partner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    cost = models.IntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("change by hand")
        verbose_name_plural = _("changes by hand")

    def __str__(self) -> str:
        people = f"{self.mentee}, {self.partner}" if self.partner else str(self.mentee)
        return f"{self.get_kind_display()}: {people}"

    @property
    def points(self) -> str:
        """What it won or cost the whole in points of a hundred, with its sign."""
        points = round(self.cost / 10_000)
        return f"{points:+}".replace("-", "−") if points else "0"
