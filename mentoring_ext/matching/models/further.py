"""Questions on the sheets that a coordinator lets count in the pairing."""

from typing import TYPE_CHECKING, Self, cast

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring_ext.matching.facts import Further, HowCompared
from mentoring_ext.programmes.models import Cohort

if TYPE_CHECKING:
    from lms.people.models import User


class FurtherFactorQuerySet(models.QuerySet["FurtherFactor"]):
    """Reads of further factors."""

    def visible_to(self, user: "User") -> Self:
        """Keep those of the cohorts whose people ``user`` may pair."""
        from mentoring_ext.matching.permissions import rules_seen_by

        return self.filter(rules_seen_by(user))


class FurtherFactor(models.Model):
    """A factor beside the eleven: a question of the mentees' sheet compared with one of the mentors' sheet.

    ``mentee_question`` and ``mentor_question`` are codes of questions that the organisation added to the sheets.
    ``label`` names the factor in runs; ``far`` is how far apart two numbers are that have nothing in common.
    """

    class Rule(models.TextChoices):
        SAME = "same", _("The same answer")
        SHARED = "shared", _("Choices in common, of what both chose")
        COVERED = "covered", _("How many of the mentee's choices the mentor chose, too")
        NEAR = "near", _("Numbers near each other")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="further_factors")
    label = models.CharField(_("name of the factor"), max_length=60)
    mentee_question = models.SlugField(_("question on the mentee's sheet"))
    mentor_question = models.SlugField(_("question on the mentor's sheet"))
    rule = models.CharField(_("what counts"), max_length=10, choices=Rule)
    far = models.FloatField(_("how far apart is nothing in common"), default=1)

    objects = FurtherFactorQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        verbose_name = _("further factor")
        verbose_name_plural = _("further factors")
        constraints = [
            models.UniqueConstraint("cohort", "label", name="further_factor_once"),
            models.CheckConstraint(condition=models.Q(far__gt=0), name="further_factor_far_above_0"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def asked(self) -> Further:
        """The factor as the arithmetic knows it."""
        return Further(self.label, cast(HowCompared, self.rule), self.far)
