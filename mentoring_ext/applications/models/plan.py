"""How the applications of a call are reviewed: by how many, until when, and by which criteria."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from ordered_model.models import OrderedModel

from mentoring_ext.applications.models.call import Call

WHOLE_SCALE = 4


class ReviewPlan(models.Model):
    """How many reviewers each application of a call gets, until when, and what is asked in the interview.

    From ``large_difference`` steps between two reviewers on, they are asked to agree. ``questions`` holds one
    question a line.
    """

    class Reviewers(models.IntegerChoices):
        ONE = 1, _("One reviewer")
        TWO = 2, _("Two reviewers, each on their own")

    call = models.OneToOneField(Call, models.CASCADE, related_name="review_plan")
    reviewers = models.PositiveSmallIntegerField(
        _("how many read each application"), choices=Reviewers, default=Reviewers.ONE
    )
    due_on = models.DateField(_("scorecards until"), null=True, blank=True)
    large_difference = models.PositiveSmallIntegerField(
        _("a difference is large from"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(WHOLE_SCALE)],
    )
    questions = models.TextField(_("questions for the interview"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("plan of review")
        verbose_name_plural = _("plans of review")

    def __str__(self) -> str:
        return str(self.call)

    @property
    def question_list(self) -> list[str]:
        """The questions for the interview, one by one."""
        return [line.strip() for line in self.questions.splitlines() if line.strip()]


class Criterion(OrderedModel):
    """Something that the applications of a call are weighed by."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria")
    name = models.CharField(_("criterion"), max_length=120)
    text = models.CharField(_("what to look for"), max_length=300, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )

    order_with_respect_to = "call"
    wagtail_reference_index_ignore = True

    class Meta(OrderedModel.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            models.CheckConstraint(condition=models.Q(weight__gte=1, weight__lte=10), name="criterion_weight_1_to_10")
        ]

    def __str__(self) -> str:
        return self.name
