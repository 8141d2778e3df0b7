"""What both sides are written when groups are published."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _

from mentoring_ext.matching.models.run import MatchRun
from mentoring_ext.programmes.models import Cohort


class Side(models.TextChoices):
    """Who a letter goes to."""

    MENTOR = "mentor", _("Mentors")
    MENTEE = "mentee", _("Mentees")
    LEFT_OVER = "left_over", _("Mentees without a mentor")


class LetterText(models.Model):
    """A cohort's own words to one side in one language, with placeholders; without one the shipped text is used."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    language = models.CharField(max_length=10)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["cohort", "side", "language"]
        verbose_name = _("text of a letter about groups")
        verbose_name_plural = _("texts of letters about groups")
        constraints = [models.UniqueConstraint("cohort", "side", "language", name="pairing_text_once")]

    def __str__(self) -> str:
        return f"{self.cohort} – {self.get_side_display()} ({self.language})"


LOST = timedelta(minutes=10)
"""A letter that has not left for so long was lost on its way."""


class GroupLetterQuerySet(models.QuerySet["Letter"]):
    """Reads of letters."""

    def about_waiting(self, cohort: Cohort) -> Self:
        """Keep the letters that told mentees of the cohort that there is no mentor for them yet."""
        return self.filter(run__cohort=cohort, side=Side.LEFT_OVER)

    def unsent_first(self) -> Self:
        """Put the letters that could not be sent before the others."""
        return self.order_by(Case(When(state=Letter.State.FAILED, then=0), default=1), "pk")

    def not_sent(self, at: datetime) -> Self:
        """Keep the letters that could not be sent, and those that were lost on their way."""
        lost = Q(state__in=[Letter.State.WAITING, Letter.State.SENDING], written_at__lt=at - LOST)
        return self.filter(Q(state=Letter.State.FAILED) | lost)


class Letter(models.Model):
    """A letter to one person of a published run, as it was written."""

    class State(models.TextChoices):
        WAITING = "waiting", _("On its way")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not sent")

    run = models.ForeignKey(MatchRun, models.CASCADE, related_name="letters")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    subject = models.CharField(_("subject"), max_length=250)
    body = models.TextField(_("text"))
    written_at = models.DateTimeField()
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    sent_at = models.DateTimeField(null=True)
    trouble = models.CharField(_("why it was not sent"), max_length=300, blank=True)

    objects = GroupLetterQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        verbose_name = _("letter about a group")
        verbose_name_plural = _("letters about groups")
        constraints = [models.UniqueConstraint("run", "recipient", name="one_pairing_letter_a_person")]

    def __str__(self) -> str:
        return self.subject
