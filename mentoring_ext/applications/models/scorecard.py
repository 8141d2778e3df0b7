"""Who reviews which application, and the marks they give."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentoring_ext.applications.models.application import Application
from mentoring_ext.applications.models.plan import Criterion

if TYPE_CHECKING:
    from lms.people.models import User


class Mark(models.IntegerChoices):
    """How far a criterion is met."""

    NONE = 0, _("Nothing seen")
    LITTLE = 1, _("A little")
    ENOUGH = 2, _("Enough")
    WELL = 3, _("Well")
    VERY_WELL = 4, _("Very well")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Reads of assignments."""

    def to_do(self) -> Self:
        """Keep those of undecided applications whose scorecard is not handed in."""
        from mentoring_ext.applications.models.stage import OPEN_STAGES

        done = Scorecard.objects.own().handed_in()
        mine = done.filter(application=models.OuterRef("application"), reviewer=models.OuterRef("user"))
        return self.filter(~models.Exists(mine), application__stage__in=OPEN_STAGES)


class Assignment(models.Model):
    """A person is asked to review one application until a day; this gives the right to read just this one."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="assignments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    due_on = models.DateField(_("until"), null=True, blank=True)
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = AssignmentQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["assigned_at", "pk"]
        verbose_name = _("assignment of a reviewer")
        verbose_name_plural = _("assignments of reviewers")
        constraints = [models.UniqueConstraint("application", "user", name="reviewer_once_an_application")]

    def __str__(self) -> str:
        return f"{self.application} – {self.user}"


class ScorecardQuerySet(models.QuerySet["Scorecard"]):
    """Reads of scorecards."""

    def handed_in(self) -> Self:
        """Leave out what a reviewer is still writing."""
        return self.filter(handed_in_at__isnull=False)

    def own(self) -> Self:
        """Leave out the cards on which reviewers agreed together."""
        return self.filter(agreed=False)

    def shown_to(self, user: "User", application: Application) -> Self:
        """Keep the handed-in cards of an application; who is asked to review it sees others after handing in theirs."""
        cards = self.filter(application=application).handed_in()
        asked = Assignment.objects.filter(application=application, user=user).exists()
        if asked and not cards.own().filter(reviewer=user).exists():
            return cards.none()
        return cards


class Scorecard(models.Model):
    """One reviewer's marks for an application, or the marks that reviewers agreed on.

    ``total`` is the weighted mean from 0 to 4, kept when the card is handed in.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="scorecards")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    agreed = models.BooleanField(default=False)
    comment = models.TextField(_("comment"), blank=True)
    total = models.FloatField(null=True, blank=True)
    changed_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True, blank=True)

    objects = ScorecardQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["agreed", "handed_in_at", "pk"]
        verbose_name = _("scorecard")
        verbose_name_plural = _("scorecards")
        constraints = [
            models.UniqueConstraint(
                "application", "reviewer", condition=Q(agreed=False), name="scorecard_once_a_reviewer"
            ),
            models.UniqueConstraint("application", condition=Q(agreed=True), name="agreed_scorecard_once"),
            models.CheckConstraint(
                condition=Q(handed_in_at=None) | Q(total__gte=0, total__lte=4), name="handed_in_scorecard_has_total"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} – {self.reviewer or _('erased')}"


class Score(models.Model):
    """A mark for one criterion, with a word why."""

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField(_("mark"), choices=Mark, null=True, blank=True)
    comment = models.CharField(_("why"), max_length=500, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["criterion__order"]
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        constraints = [
            models.UniqueConstraint("scorecard", "criterion", name="criterion_once_a_scorecard"),
            models.CheckConstraint(condition=Q(value=None) | Q(value__lte=4), name="mark_0_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"
