"""What happens once a night, and what came of it."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models

LONGEST_TASK = timedelta(hours=3)
"""A task that has run for longer has lost its process: another may take it over."""


class NightlyRunQuerySet(models.QuerySet["NightlyRun"]):
    """Reads of nightly runs."""

    def failed(self) -> Self:
        """Return the runs that ended in an error."""
        return self.exclude(error="")

    def lost(self, at: datetime) -> Self:
        """Return the runs whose process died, as of ``at``."""
        return self.filter(finished_at=None, started_at__lt=at - LONGEST_TASK)

    def last_of_each_task(self) -> Self:
        """Return the last run of each task, by name."""
        newer = self.model.objects.filter(name=models.OuterRef("name"), night__gt=models.OuterRef("night"))
        return self.filter(~models.Exists(newer)).order_by("name")


class NightlyRun(models.Model):
    """One task in one night. The row is the claim: whoever writes it does the task, in whatever process.

    ``night`` is the local day on which the night ends. ``finished_at`` is None while the task runs; ``error`` says why
    it failed; ``count`` is how many things it touched.
    """

    night = models.DateField()
    name = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    count = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)

    objects = NightlyRunQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-night", "name"]
        constraints = [models.UniqueConstraint("night", "name", name="nightly_task_once_a_night")]

    def __str__(self) -> str:
        return f"{self.name}, {self.night}"
