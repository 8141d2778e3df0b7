"""Deciding without names: the numbers that stand in their place, and when names were hidden and seen."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring_ext.matching.models.run import MatchRun
from mentoring_ext.programmes.models import Cohort, Role

if TYPE_CHECKING:
    from lms.people.models import User


class Alias(models.Model):
    """The number by which a mentee or a mentor of a cohort goes while names are hidden.

    It is drawn by lot once and stays, so that two runs call the same people the same. Numbers have gaps: who joins
    later gets any free one, not the highest.
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="aliases")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    number = models.PositiveIntegerField(_("number"))

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["cohort", "role", "number"]
        verbose_name = _("number in place of a name")
        verbose_name_plural = _("numbers in place of names")
        constraints = [
            models.UniqueConstraint("cohort", "user", name="one_alias_a_person"),
            models.UniqueConstraint("cohort", "role", "number", name="alias_of_one_person_only"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.number}"


class NamesStepQuerySet(models.QuerySet["NamesStep"]):
    """Reads of what happened to the names."""

    def visible_to(self, user: "User") -> Self:
        """Keep the steps of the cohorts whose people ``user`` may pair."""
        from mentoring_ext.matching.permissions import rules_seen_by

        return self.filter(rules_seen_by(user))

    def deciding(self) -> Self:
        """Keep what says whether names are hidden now and whether the decision is closed, the newest first."""
        return self.exclude(kind=NamesStep.Kind.LOOKED).order_by("-made_at", "-pk")


class NamesStep(models.Model):
    """Something that happened to the names of a cohort while its pairs were decided; rows are only added.

    ``run`` is the pairing whose decision was closed or opened again, ``page`` which page with names was opened.
    """

    class Kind(models.TextChoices):
        HIDDEN = "hidden", _("Names hidden")
        LOOKED = "looked", _("A page with names opened")
        SHOWN = "shown", _("Names shown")
        CLOSED = "closed", _("Decision closed, then names shown")
        REOPENED = "reopened", _("Decision opened again with names")

    class Page(models.TextChoices):
        CONFLICT = "conflict", _("noting a conflict of interest")
        OFFLINE = "offline", _("entering a pair made offline")
        IMPORT = "import", _("filling in sheets by a file")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="names_steps")
    kind = models.CharField(_("what happened"), max_length=20, choices=Kind)
    run = models.ForeignKey(MatchRun, models.SET_NULL, null=True, related_name="names_steps")
    page = models.CharField(_("page"), max_length=20, choices=Page, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects = NamesStepQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = _("step of deciding without names")
        verbose_name_plural = _("steps of deciding without names")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.cohort}"

    @property
    def hides(self) -> bool:
        """Whether names are hidden from this step on."""
        return self.kind == self.Kind.HIDDEN
