"""A group's sessions, who attended them, and what was worked on."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.programmes.models import Outcome, SessionPlan


class Session(models.Model):
    """One of a group's sessions: planned, then registered. ``minutes`` is the real length once registered."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Did not take place")

    class Format(models.TextChoices):
        ONLINE = "online", _("Online")
        IN_PERSON = "in_person", _("In person")

    group = models.ForeignKey(MentoringGroup, models.CASCADE, related_name="sessions")
    plan = models.ForeignKey(SessionPlan, models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField(_("number"))
    starts_at = models.DateTimeField(_("date and time"))
    minutes = models.PositiveSmallIntegerField(_("length in minutes"))
    format = models.CharField(_("format"), max_length=20, choices=Format, default=Format.ONLINE)
    place = models.CharField(_("place"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PLANNED)
    description = models.TextField(_("what you did"), blank=True)
    occurrences = models.TextField(_("anything that happened"), blank=True)
    outcomes = models.ManyToManyField(
        Outcome, blank=True, related_name="sessions", verbose_name=_("outcomes worked on")
    )
    registered_at = models.DateTimeField(null=True, blank=True)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["group", "number"]
        constraints = [models.UniqueConstraint("group", "number", name="session_number_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.plan.title}"


class Attendance(models.Model):
    """Whether a member of the group came to a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attendances")
    present = models.BooleanField(_("present"))

    class Meta:
        constraints = [models.UniqueConstraint("session", "user", name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.session}"
