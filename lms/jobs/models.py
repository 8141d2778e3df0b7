"""Long tasks, from the wish to the result."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.files.models import StoredFile

if TYPE_CHECKING:
    from lms.people.models import User

LONGEST_SILENCE = timedelta(minutes=1)
"""A running job that gave no sign of life for so long has lost its worker."""


class JobQuerySet(models.QuerySet["Job"]):
    """Reads of jobs."""

    def visible_to(self, user: "User") -> Self:
        """Keep the person's own jobs; nobody sees another's, whatever the role."""
        return self.filter(owner=user)

    def interrupted(self, at: datetime) -> Self:
        """Keep the jobs whose worker died without a word."""
        return self.filter(state=Job.State.RUNNING, pulse_at__lt=at - LONGEST_SILENCE)

    def with_state(self, at: datetime) -> Self:
        """Add ``shown_state``: the state as of that time, which knows of workers that died."""
        lost = models.Q(state=Job.State.RUNNING, pulse_at__lt=at - LONGEST_SILENCE)
        return self.annotate(
            shown_state=models.Case(
                models.When(lost, then=models.Value(Job.State.INTERRUPTED.value)),
                default=models.F("state"),
                output_field=models.CharField(),
            )
        )

    def ended_before(self, when: datetime) -> Self:
        """Keep the jobs that are over since before that time, and those that never got that far."""
        return self.alias(last=Coalesce("ended_at", "pulse_at", "created_at")).filter(last__lt=when)


class Job(models.Model):
    """A long task that a person started: what it is given, how far it is, and what came out.

    ``kind`` is the name of a registered ``JobKind``; ``data`` what its ``run`` is given, as JSON, with ``input_file``.
    ``total`` is None while nobody knows how much there is to do. ``pulse_at`` is the worker's last sign of life.
    ``problem`` says in words why the job failed.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Not done")
        CANCELLED = "cancelled", _("Stopped")
        INTERRUPTED = "interrupted", _("Interrupted")

    kind = models.CharField(max_length=60)
    title = models.CharField(_("title"), max_length=250)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="jobs")
    data = models.JSONField(default=dict)
    input_file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    note = models.CharField(max_length=250, blank=True)
    result = models.JSONField(default=dict)
    result_file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name="+")
    result_url = models.CharField(max_length=300, blank=True)
    problem = models.TextField(blank=True)
    cancel_asked = models.BooleanField(default=False)
    created_at = models.DateTimeField(_("asked for"))
    started_at = models.DateTimeField(null=True)
    pulse_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    shown_state: str
    """Added by ``with_state``."""

    objects = JobQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("long task")
        verbose_name_plural = _("long tasks")
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="jobs_of_a_person"),
            models.Index(fields=["state"], name="jobs_by_state"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("lms_jobs:job_detail", args=[self.pk])
