"""The report on equal treatment, as it was worked out once."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring_ext.matching.models.run import MatchRun


class EqualityReport(models.Model):
    """How groups of mentees fare in a run: figures of groups, none of a person.

    It is worked out once and stays. Nobody is counted in two reports of a cohort: two that differ by one person, or by
    one person's score, would tell to which groups this person belongs. ``fairness`` is what it costs to lift the
    weakest first: the two totals in millionths, and whether both are proven; empty where nobody has worked it out, as
    for very large runs.
    """

    run = models.OneToOneField(MatchRun, models.CASCADE, related_name="equality_report")
    figures = models.JSONField(_("figures"))
    fairness = models.JSONField(_("price of fairness"), default=dict, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("report on equal treatment")
        verbose_name_plural = _("reports on equal treatment")

    def __str__(self) -> str:
        return str(self.run)
