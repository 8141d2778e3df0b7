"""Programmes with phases, session plans and outcomes; cohorts, their members, and the training they require."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ordered_model.models import OrderedModel
from wagtail.models import Page

from lms.courses.models import CoursePage
from lms.people.models import Department, Organisation

if TYPE_CHECKING:
    from lms.people.models import User


class Programme(models.Model):
    """A way of mentoring: phases, sessions, group size and what training it asks for."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(unique=True)
    summary = models.TextField(_("summary"))
    group_size = models.PositiveSmallIntegerField(_("mentees in a group"), default=3)
    session_minutes = models.PositiveSmallIntegerField(_("length of a session in minutes"), default=90)
    weeks = models.PositiveSmallIntegerField(_("all sessions within so many weeks"), default=26)
    agreement_before_session = models.PositiveSmallIntegerField(_("agreement signed before session"), default=3)
    courses = models.ManyToManyField(CoursePage, through="ProgrammeCourse", related_name="programmes")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a person is in a cohort."""

    COORDINATOR = "coordinator", _("Coordinator")
    MENTOR = "mentor", _("Mentor")
    MENTEE = "mentee", _("Mentee")


class ProgrammeCourse(models.Model):
    """Training that every new cohort of the programme asks of a role before mentoring starts."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="programme_courses")
    course = models.ForeignKey(CoursePage, models.CASCADE, related_name="+")
    role = models.CharField(_("for"), max_length=20, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint("programme", "course", "role", name="programme_course_once")]

    def __str__(self) -> str:
        return f"{self.programme}: {self.course} ({self.get_role_display()})"


class Phase(OrderedModel):
    """One of the seven phases: who does what, and which form is due. ``code`` is how other rooms name it."""

    class Code(models.TextChoices):
        LAUNCH = "launch", _("Launch")
        PREPARATION = "preparation", _("Preparation of mentors")
        MATCHING = "matching", _("Matching")
        INTRODUCTION = "introduction", _("Introduction")
        DEVELOPMENT = "development", _("Development")
        SUPPORT = "support", _("Follow-up and support")
        CLOSURE = "closure", _("Closure and evaluation")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="phases")
    code = models.CharField(max_length=20, choices=Code)
    name = models.CharField(_("name"), max_length=100)
    text = models.TextField(_("what happens"))
    forms_due = models.CharField(_("forms that are due"), max_length=300, blank=True)
    order_with_respect_to = "programme"

    class Meta(OrderedModel.Meta):
        constraints = [models.UniqueConstraint("programme", "code", name="phase_code_once")]

    def __str__(self) -> str:
        return self.name


class PhaseTask(OrderedModel):
    """What one role does in a phase."""

    phase = models.ForeignKey(Phase, models.CASCADE, related_name="tasks")
    role = models.CharField(_("who"), max_length=20, choices=Role)
    text = models.CharField(_("does what"), max_length=300)
    order_with_respect_to = "phase"

    class Meta(OrderedModel.Meta):
        pass

    def __str__(self) -> str:
        return self.text


class Outcome(models.Model):
    """A hard outcome that sessions work towards; ``competence`` is a DigComp code or empty where DigComp has none."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="outcomes")
    code = models.SlugField()
    text = models.CharField(_("outcome"), max_length=250)
    topic = models.CharField(_("topic"), max_length=100)
    competence = models.CharField(_("competence"), max_length=20, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint("programme", "code", name="outcome_code_once")]

    def __str__(self) -> str:
        return self.text


class SessionPlan(OrderedModel):
    """The template of one of the programme's sessions; its place in the order is the session's number."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="session_plans")
    title = models.CharField(_("title"), max_length=200)
    topic = models.CharField(_("topic"), max_length=100)
    text = models.TextField(_("plan"), blank=True)
    activities = models.TextField(_("activities"), blank=True, help_text=_("One on each line."))
    outcomes = models.ManyToManyField(Outcome, related_name="session_plans", blank=True)
    order_with_respect_to = "programme"

    class Meta(OrderedModel.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.order + 1}. {self.title}"


class CohortQuerySet(models.QuerySet["Cohort"]):
    """Reads of cohorts."""

    def visible_to(self, user: "User") -> Self:
        """Return the cohorts that ``user`` takes part in, or sees as a manager of the organisation or administrator."""
        from mentoring_ext.programmes.permissions import cohorts_seen_by

        return self.filter(cohorts_seen_by(user)).distinct()


class Cohort(models.Model):
    """One run of a programme by an organisation in a country, from its launch to its closure."""

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
    opened_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PREPARING)
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="+")

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "name"]
        constraints = [models.UniqueConstraint("organisation", "name", name="cohort_name_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("mentoring_programmes:cohort_detail", args=[self.pk])

    @property
    def ends_by(self) -> date:
        """The day by which all sessions shall have been held."""
        from datetime import timedelta

        return self.starts_on + timedelta(weeks=self.programme.weeks)


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
    joined_at = models.DateTimeField(auto_now_add=True)
    waived_because = models.CharField(_("training waived because"), max_length=300, blank=True)

    class Meta:
        ordering = ["role", "user__last_name"]
        constraints = [models.UniqueConstraint("cohort", "user", "role", name="cohort_role_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()} – {self.cohort}"


class Requirement(models.Model):
    """An activity that a cohort asks of a role, as the training stood when the cohort was opened.

    A later change of the programme's training never reaches back: a cohort keeps its requirements, and what a person
    completed stays completed.
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="requirements")
    role = models.CharField(_("for"), max_length=20, choices=Role)
    course = models.ForeignKey(CoursePage, models.CASCADE, related_name="+")
    activity = models.ForeignKey(Page, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("cohort", "role", "activity", name="requirement_once")]

    def __str__(self) -> str:
        return f"{self.cohort}: {self.activity}"
