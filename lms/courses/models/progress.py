"""Who takes a course, and how far they have come."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.courses.models.pages import ActivityPage, CoursePage

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.people.models import User


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Enrolments."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep the person's own enrolments."""
        return self.filter(user=user.pk)

    def completed(self) -> Self:
        """Keep enrolments whose course was completed."""
        return self.filter(completed_at__isnull=False)

    def unfinished(self) -> Self:
        """Keep enrolments whose course is still to complete."""
        return self.filter(completed_at__isnull=True)


class Enrolment(models.Model):
    """A person takes a course. ``completed_at`` stays, whatever happens to the course's content later."""

    class Source(models.TextChoices):
        SELF = "self", _("Joined by oneself")
        COORDINATOR = "coordinator", _("Enrolled by a coordinator")
        RULE = "rule", _("Enrolled by a rule")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="enrolments")
    # PROTECT: a course that somebody took can be unpublished, never deleted together with what people reached in it.
    course = models.ForeignKey(CoursePage, models.PROTECT, related_name="enrolments")
    source = models.CharField(_("source"), max_length=20, choices=Source, default=Source.SELF)
    enrolled_at = models.DateTimeField(_("enrolled"))
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-enrolled_at", "-pk"]
        constraints = [models.UniqueConstraint("user", "course", name="enrolment_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.course}"


class ActivityProgressQuerySet(models.QuerySet["ActivityProgress"]):
    """Progress in activities."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep the person's own progress."""
        return self.filter(user=user.pk)


class ActivityProgress(models.Model):
    """How far a person has come in one activity; no row means: not opened yet. A completion is never taken back."""

    class State(models.TextChoices):
        STARTED = "started", _("Started")
        COMPLETED = "completed", _("Done")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="activity_progress")
    activity = models.ForeignKey(ActivityPage, models.PROTECT, related_name="progress")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.STARTED)
    first_viewed_at = models.DateTimeField(_("opened"))
    completed_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = ActivityProgressQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name_plural = "activity progress"
        constraints = [
            models.UniqueConstraint("user", "activity", name="activity_progress_once"),
            models.CheckConstraint(
                name="completed_activity_has_its_time",
                condition=models.Q(state="completed", completed_at__isnull=False)
                | models.Q(state="started", completed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.activity}: {self.get_state_display()}"
