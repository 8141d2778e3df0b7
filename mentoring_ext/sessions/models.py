"""A group's sessions, who attended them, and what was worked on."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.programmes.models import CohortMembership, Outcome, Role, SessionPlan

if TYPE_CHECKING:
    from datetime import datetime

    from lms.people.models import User
    from lms.people.permissions import Person


class SessionQuerySet(models.QuerySet["Session"]):
    """Reads of sessions."""

    def visible_to(self, user: "User") -> Self:
        """Keep the sessions of the groups that ``user`` is in or coordinates, and former ones that ``user`` was at."""
        here = Q(group__in=MentoringGroup.objects.visible_to(user).order_by())
        return self.filter(here | Q(pk__in=Session.objects.lived_through_by(user).order_by().values("pk")))

    def lived_through_by(self, user: "Person") -> Self:
        """Keep the registered sessions on whose form ``user`` stands, or that ``user`` wrote as a mentor.

        Only while ``user`` takes part in the cohort or has completed it: a form tells of the others of the group, too.
        Who left has what concerns them in "my data".
        """
        there = CohortMembership.objects.present().filter(user=user.pk).order_by()
        listed = Attendance.objects.filter(user=user.pk).order_by().values("session")
        wrote = Q(registered_by=user.pk, group__cohort__in=there.filter(role=Role.MENTOR).values("cohort"))
        return self.held().filter(Q(pk__in=listed) | wrote, group__cohort__in=there.values("cohort"))

    def elsewhere(self, group: MentoringGroup, user: "User") -> Self:
        """Keep what ``user`` lived through in other groups of the cohort, of which ``user`` is no part any more."""
        now = MentoringGroup.objects.visible_to(user).order_by()
        found = self.lived_through_by(user).filter(group__cohort=group.cohort_id).exclude(group__in=now)
        return found.select_related("group", "plan").order_by("starts_at", "pk")

    def planned(self) -> Self:
        """Keep the sessions that are not registered yet."""
        return self.filter(state=Session.State.PLANNED)

    def held(self) -> Self:
        """Keep the registered sessions."""
        return self.filter(state=Session.State.HELD)

    def to_register(self, at: "datetime") -> Self:
        """Keep the sessions that were over at that time and are not registered."""
        return self.planned().filter(ends_at__lte=at)

    def ahead(self, at: "datetime") -> Self:
        """Keep the planned sessions that were not over at that time, the next one first."""
        return self.planned().filter(ends_at__gt=at).order_by("starts_at")

    def with_plan(self) -> Self:
        """Fetch the plan, the group and its cohort in the same query."""
        return self.select_related("plan", "group__cohort__programme", "group__mentor")


class Session(models.Model):
    """One of a group's sessions: planned, then registered; once registered, start and end are the real ones."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")

    class Format(models.TextChoices):
        ONLINE = "online", _("Online")
        IN_PERSON = "in_person", _("In person")

    group = models.ForeignKey(MentoringGroup, models.CASCADE, related_name="sessions")
    plan = models.ForeignKey(SessionPlan, models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField(_("number"))
    starts_at = models.DateTimeField(_("date and time"))
    ends_at = models.DateTimeField(_("end"))
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

    objects = SessionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["group", "number"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.UniqueConstraint("group", "number", name="session_number_once"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="session_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(state="held", registered_at__isnull=False)
                | models.Q(state="planned", registered_at__isnull=True),
                name="held_session_is_registered",
            ),
        ]
        indexes = [models.Index("group", "state", "ends_at", name="sessions_due")]

    def __str__(self) -> str:
        return f"{self.number}. {self.plan.title}"

    def get_absolute_url(self) -> str:
        return reverse("mentoring_sessions:session_detail", args=[self.pk])

    @property
    def minutes(self) -> int:
        """The length in minutes."""
        return round((self.ends_at - self.starts_at).total_seconds() / 60)

    @property
    def is_held(self) -> bool:
        """Whether the session is registered."""
        return self.state == self.State.HELD


class Attendance(models.Model):
    """Whether a mentee of the group came to a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attendances")
    present = models.BooleanField(_("present"))

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["user__last_name", "user__first_name"]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [models.UniqueConstraint("session", "user", name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.session}"
