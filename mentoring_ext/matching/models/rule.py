"""What is settled about two people, whatever the arithmetic says."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentoring_ext.programmes.models import Cohort

if TYPE_CHECKING:
    from lms.people.models import User


class PairRuleQuerySet(models.QuerySet["PairRule"]):
    """Reads of rules about pairs."""

    def visible_to(self, user: "User") -> Self:
        """Keep the rules that were made in the cohorts whose people ``user`` may pair.

        Whom a mentee excluded is the mentee's own: no coordinator sees it among the rules, or lifts it.
        """
        from mentoring_ext.matching.permissions import rules_seen_by

        return self.filter(rules_seen_by(user)).exclude(kind=PairRule.Kind.VETOED)

    def conflicts(self) -> Self:
        """Keep the conflicts of interest."""
        return self.filter(kind__in=CONFLICTS)

    def holding_in(self, cohort: Cohort) -> Self:
        """Keep what holds in a cohort: its own rules, and conflicts of interest wherever they were told."""
        return self.filter(Q(cohort=cohort) | Q(kind__in=CONFLICTS))


class PairRule(models.Model):
    """A mentee and a mentor who stay together, who must not meet as a pair, or who are in a conflict of interest.

    A conflict of interest holds wherever the two meet, everything else in its cohort. ``offline`` marks a fixed pair
    that the two made themselves, outside the site.
    """

    class Kind(models.TextChoices):
        FIXED = "fixed", _("Stay together")
        FORBIDDEN = "forbidden", _("Not this pair")
        VETOED = "vetoed", _("Excluded by a personal wish")
        LINE_MANAGER = "line_manager", _("Line manager")
        FAMILY = "family", _("Family or private ties")
        COMPLAINT = "complaint", _("Former complaint")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="pair_rules")
    mentee = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("mentee"))
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("mentor"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    offline = models.BooleanField(_("made offline"), default=False)
    reason = models.TextField(_("reason"), blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects = PairRuleQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("rule about a pair")
        verbose_name_plural = _("rules about pairs")
        constraints = [
            models.UniqueConstraint("cohort", "mentee", "mentor", "kind", name="pair_rule_once"),
            models.UniqueConstraint("cohort", "mentee", condition=Q(kind="fixed"), name="one_fixed_mentor_a_mentee"),
        ]

    def __str__(self) -> str:
        return f"{self.mentee} – {self.mentor}: {self.get_kind_display()}"

    @property
    def is_conflict(self) -> bool:
        """Whether this is a conflict of interest."""
        return self.kind in CONFLICTS


CONFLICTS = (PairRule.Kind.LINE_MANAGER, PairRule.Kind.FAMILY, PairRule.Kind.COMPLAINT)
"""Kinds that hold wherever the two meet."""
