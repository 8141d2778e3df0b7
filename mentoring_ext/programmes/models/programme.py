"""Programmes: phases with who does what, session plans with their outcomes, and the training they ask for."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ordered_model.models import OrderedModel

from lms.courses.models import CoursePage
from lms.people.models import Department, Organisation

if TYPE_CHECKING:
    from lms.people.models import User


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Reads of programmes."""

    def shipped(self) -> Self:
        """Keep the programmes that come with Kyklos, for everybody."""
        return self.filter(organisation=None)

    def visible_to(self, user: "User") -> Self:
        """Keep the shipped ones and those of the organisations and departments that ``user`` opens cohorts for."""
        from mentoring_ext.programmes.permissions import programmes_to_open

        return self.filter(programmes_to_open(user))

    def for_cohorts_of(self, organisation: Organisation, department: Department | None) -> Self:
        """Keep what a cohort there can run: shipped, the organisation's, and those of its department and above."""
        keys = [int(key) for key in department.path.strip("/").split("/")] if department else []
        own = Q(organisation=organisation) & (Q(department=None) | Q(department__in=keys))
        return self.filter(Q(organisation=None) | own)


class Programme(models.Model):
    """A way of mentoring: phases, sessions, group size and what training it asks for.

    A programme without an organisation ships for everybody. One with an organisation, or a department of it, is an
    adapted copy: ``copied_from`` says of what.
    """

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(unique=True)
    summary = models.TextField(_("summary"))
    group_size = models.PositiveSmallIntegerField(_("mentees in a group"), default=3)
    session_minutes = models.PositiveSmallIntegerField(_("length of a session in minutes"), default=90)
    weeks = models.PositiveSmallIntegerField(_("all sessions within so many weeks"), default=26)
    agreement_before_session = models.PositiveSmallIntegerField(_("agreement signed before session"), default=3)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="programmes", verbose_name=_("organisation")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="programmes", verbose_name=_("department")
    )
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="copies")
    courses = models.ManyToManyField(CoursePage, through="ProgrammeCourse", related_name="programmes")

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [
            models.CheckConstraint(
                condition=Q(department=None) | Q(organisation__isnull=False),
                name="programme_department_of_organisation",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("mentoring_programmes:programme_detail", args=[self.slug])


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
        ordering = ["pk"]
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
        return f"{self.number}. {self.title}"

    @property
    def number(self) -> int:
        """Which of the programme's sessions it is, counted from 1."""
        return int(self.order) + 1

    @property
    def activity_list(self) -> list[str]:
        """The activities, one each."""
        return [line.strip() for line in self.activities.splitlines() if line.strip()]
