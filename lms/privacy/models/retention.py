"""How long things are kept."""

from django.conf import settings
from django.db import models


class RetentionPeriod(models.Model):
    """The period that an administrator set for a registered retention rule, and what the last night deleted by it."""

    name = models.CharField(max_length=60, unique=True)
    days = models.PositiveIntegerField(null=True, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)
    last_run_at = models.DateTimeField(null=True, blank=True)
    last_count = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
