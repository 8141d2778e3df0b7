"""When a cohort's members evaluate, and with which form."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.questionnaires.models import Questionnaire, Version
from mentoring_ext.programmes.models import Cohort, Programme, Role


class Moment(models.TextChoices):
    """When an evaluation is due."""

    FINAL = "final", _("After the last session")


class EvaluationForm(models.Model):
    """Which questionnaire a role answers at which moment of a programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="evaluation_forms")
    role = models.CharField(_("for"), max_length=20, choices=Role)
    moment = models.CharField(_("when"), max_length=20, choices=Moment)
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("programme", "role", "moment", name="evaluation_form_once")]

    def __str__(self) -> str:
        return f"{self.programme} – {self.get_role_display()} – {self.get_moment_display()}"


class EvaluationRound(models.Model):
    """A cohort's evaluation by one role with one version of a form; every response's subject is the group."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="evaluation_rounds")
    role = models.CharField(_("for"), max_length=20, choices=Role)
    moment = models.CharField(_("when"), max_length=20, choices=Moment)
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [models.UniqueConstraint("cohort", "role", "moment", name="evaluation_round_once")]

    def __str__(self) -> str:
        return f"{self.cohort} – {self.get_moment_display()} – {self.get_role_display()}"
