"""Free hours that people told before and no longer tell."""

from collections import defaultdict
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class HoursToldQuerySet(models.QuerySet["HoursTold"]):
    """Reads of hours that were told before."""

    def until(self, moment: datetime) -> Self:
        """Keep what was changed before that moment."""
        return self.filter(at__lt=moment)

    def since(self, moment: datetime) -> Self:
        """Keep what still stood in a sheet at that moment, or was told later."""
        return self.filter(at__gte=moment)

    def by_person(self) -> dict[tuple[str, int], frozenset[int]]:
        """Return all hours together that each person told before, by sheet and user."""
        found: dict[tuple[str, int], set[int]] = defaultdict(set)
        for sheet, user, hours in self.order_by().values_list("sheet", "user", "hours"):
            found[sheet, user].update(hours)
        return {key: frozenset(hours) for key, hours in found.items()}


class HoursTold(models.Model):
    """Free hours of a complete sheet, as they stood before its owner took some of them away ``at`` that time.

    From these the pairing finds out whether telling fewer hours wins a better place. A row goes after the period of
    its retention rule, and with the consent to be matched.
    """

    class Sheet(models.TextChoices):
        MENTOR = "mentor", _("Mentor")
        MENTEE = "mentee", _("Mentee")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="hours_told")
    sheet = models.CharField(max_length=10, choices=Sheet)
    hours = models.JSONField(_("free hours"))
    at = models.DateTimeField(_("until"), db_index=True)

    objects = HoursToldQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("hours told before")
        verbose_name_plural = _("hours told before")

    def __str__(self) -> str:
        return f"{self.user}: {len(self.hours)}"
