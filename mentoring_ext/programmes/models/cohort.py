"""Cohorts, their members, and the training that each cohort requires."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.courses.models import ActivityPage, CoursePage
from lms.people.countries import country_name
from lms.people.models import Department, Organisation
from mentoring_ext.programmes.models.programme import Phase, Programme, Role

if TYPE_CHECKING:
    from lms.people.models import User


class CohortQuerySet(models.QuerySet["Cohort"]):
    """Reads of cohorts."""

    def visible_to(self, user: "User") -> Self:
        """Keep the cohorts that ``user`` takes part in, oversees as a manager, or administers."""
        from mentoring_ext.programmes.permissions import cohorts_seen_by

        return self.filter(cohorts_seen_by(user))

    def coordinated_by(self, user: "User") -> Self:
        """Keep the cohorts that ``user`` coordinates."""
        own = CohortMembership.objects.present().filter(user=user, role=Role.COORDINATOR)
        return self.filter(pk__in=own.values("cohort"))

    def with_phase(self) -> Self:
        """Fetch programme, organisation and phase in the same query."""
        return self.select_related("programme", "organisation", "department", "phase")

    def with_numbers(self) -> Self:
        """Add ``mentor_count``, ``mentee_count`` and ``group_count``, and fetch the programme's phases."""
        present = ~models.Q(memberships__state=CohortMembership.State.LEFT)
        mentor, mentee = models.Q(memberships__role=Role.MENTOR), models.Q(memberships__role=Role.MENTEE)
        return self.prefetch_related("programme__phases").annotate(
            mentor_count=models.Count("memberships", distinct=True, filter=mentor & present),
            mentee_count=models.Count("memberships", distinct=True, filter=mentee & present),
            group_count=models.Count("groups", distinct=True),
        )


class Cohort(models.Model):
    """One run of a programme by an organisation in a country, from its launch to its closure.

    ``ends_on`` is the day by which all sessions shall have been held.
    """

    class State(models.TextChoices):
        PREPARING = "preparing", _("Being prepared")
        RUNNING = "running", _("Running")
        FINISHED = "finished", _("Finished")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="cohorts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="cohorts")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="cohorts")
    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=2)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("all sessions held by"))
    opened_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PREPARING)
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="+")

    objects = CohortQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-starts_on", "name"]
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        constraints = [
            models.UniqueConstraint("organisation", "name", name="cohort_name_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="cohort_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("mentoring_programmes:cohort_detail", args=[self.pk])

    @property
    def country_name(self) -> str:
        """The country in words."""
        return country_name(self.country)

    @property
    def is_finished(self) -> bool:
        """Whether the coordinator has finished the cohort."""
        return self.state == self.State.FINISHED


class CohortMembershipQuerySet(models.QuerySet["CohortMembership"]):
    """Reads of memberships."""

    def present(self) -> Self:
        """Leave out who has left."""
        return self.exclude(state=CohortMembership.State.LEFT)

    def in_role(self, role: str) -> Self:
        """Keep one role's members."""
        return self.filter(role=role)


class CohortMembership(models.Model):
    """A person's role in a cohort. ``waived_because`` says why training was waived, and is empty otherwise."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Taking part")
        LEFT = "left", _("Left")
        COMPLETED = "completed", _("Completed")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="cohort_memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ACTIVE)
    joined_at = models.DateTimeField()
    ended_at = models.DateTimeField(_("completed or left on"), null=True, blank=True)
    waived_because = models.CharField(_("training waived because"), max_length=300, blank=True)

    objects = CohortMembershipQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["role", "user__last_name", "user__first_name"]
        verbose_name = _("member of a cohort")
        verbose_name_plural = _("members of cohorts")
        constraints = [models.UniqueConstraint("cohort", "user", "role", name="cohort_role_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()} – {self.cohort}"


class Preparation(models.Model):
    """That a mentor took the short preparation workshop, which stands for the training: where, when, noted by whom."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="preparations")
    note = models.CharField(_("where and when"), max_length=300)
    taken_at = models.DateTimeField(_("taken on"))
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-taken_at"]
        verbose_name = _("preparation of a mentor")
        verbose_name_plural = _("preparations of mentors")
        constraints = [models.UniqueConstraint("user", "note", name="preparation_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.note}"


class Requirement(models.Model):
    """An activity that a cohort asks of a role, as the training stood when the cohort was opened.

    A later change of the programme's training never reaches back: a cohort keeps its requirements, and what a person
    completed stays completed.
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="requirements")
    role = models.CharField(_("for"), max_length=20, choices=Role)
    course = models.ForeignKey(CoursePage, models.CASCADE, related_name="+")
    activity = models.ForeignKey(ActivityPage, models.CASCADE, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["course", "activity__path"]
        constraints = [models.UniqueConstraint("cohort", "role", "activity", name="requirement_once")]

    def __str__(self) -> str:
        return f"{self.cohort}: {self.activity}"
