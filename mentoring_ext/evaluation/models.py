"""When a cohort's members evaluate, with which form, and by which aspects."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.questionnaires.models import Questionnaire, Version
from mentoring_ext.programmes.models import Cohort, Programme, Role

if TYPE_CHECKING:
    from lms.people.models import User

DAYS_TO_ANSWER = 14


class Aspect(models.TextChoices):
    """The six aspects by which mentoring is evaluated.

    *Source:* Circular Cycle of Mentoring Model, 2.4, aspects a to f.
    """

    CAPABILITY = "capability", _("Mentor’s capability")
    TOPICS = "topics", _("Topics of work")
    METHODOLOGY = "methodology", _("Way of working")
    RELATIONSHIP = "relationship", _("Personal relationship")
    TOOLS = "tools", _("Tools and timeframe")
    OTHER = "other", _("Anything else")


SELF = "self"
"""What a mentee says of themselves, as in the first session: it shows growth and judges nothing of the mentoring."""


class Moment(models.TextChoices):
    """When an evaluation is due."""

    FINAL = "final", _("After the last session")


class EvaluationForm(models.Model):
    """Which questionnaire a role answers at which moment of a programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="evaluation_forms")
    role = models.CharField(_("for"), max_length=20, choices=Role)
    moment = models.CharField(_("when"), max_length=20, choices=Moment)
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint("programme", "role", "moment", name="evaluation_form_once")]
        verbose_name = _("evaluation form")
        verbose_name_plural = _("evaluation forms")

    def __str__(self) -> str:
        return f"{self.programme} – {self.get_role_display()} – {self.get_moment_display()}"


class EvaluationRoundQuerySet(models.QuerySet["EvaluationRound"]):
    """Reads of rounds."""

    def visible_to(self, user: "User") -> Self:
        """Return the rounds of the cohorts that ``user`` takes part in, coordinates or oversees."""
        return self.filter(cohort__in=Cohort.objects.visible_to(user))


class EvaluationRound(models.Model):
    """A cohort's evaluation by one role with one version of a form.

    The subject of every response is a pair: the mentee's place in the group (``groups.GroupMember``). The mentee
    answers about the pair once, the mentor once for each mentee.
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="evaluation_rounds")
    role = models.CharField(_("for"), max_length=20, choices=Role)
    moment = models.CharField(_("when"), max_length=20, choices=Moment)
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened"))
    due_at = models.DateTimeField(_("due"))

    objects = EvaluationRoundQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-opened_at", "role"]
        constraints = [models.UniqueConstraint("cohort", "role", "moment", name="evaluation_round_once")]
        verbose_name = _("evaluation round")
        verbose_name_plural = _("evaluation rounds")

    def __str__(self) -> str:
        return f"{self.cohort} – {self.get_moment_display()} – {self.get_role_display()}"

    def get_absolute_url(self) -> str:
        return reverse("mentoring_evaluation:result_detail", args=[self.cohort_id])

    def due_for(self, finished_at: datetime) -> datetime:
        """Return when a pair's answers are due whose group finished its sessions at ``finished_at``."""
        return max(self.due_at, finished_at + timedelta(days=DAYS_TO_ANSWER))
