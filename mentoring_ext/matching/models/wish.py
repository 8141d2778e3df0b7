"""What mentees wish, where the coordinator lets them: mentors they would like, each with a rank."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring_ext.programmes.models import Cohort


class WishRound(models.Model):
    """Whether a cohort's mentees may rank and exclude mentors now; without a row they may not.

    What they wished counts in every pairing, also after the coordinator closed the round.
    """

    cohort = models.OneToOneField(Cohort, models.CASCADE, related_name="wish_round")
    is_open = models.BooleanField(_("mentees may say whom they would like"), default=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("round of wishes")
        verbose_name_plural = _("rounds of wishes")

    def __str__(self) -> str:
        return str(self.cohort)


class Wish(models.Model):
    """A mentor whom a mentee would like, 1 being the dearest. Mentors never see it.

    Whom a mentee excludes is a ``PairRule`` of the kind ``vetoed``.
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="wishes")
    mentee = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField(_("rank"))
    made_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["cohort", "mentee", "rank"]
        verbose_name = _("wish for a mentor")
        verbose_name_plural = _("wishes for mentors")
        constraints = [
            models.UniqueConstraint("cohort", "mentee", "mentor", name="wish_once"),
            models.UniqueConstraint("cohort", "mentee", "rank", name="wish_rank_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.mentor}"
