"""Runs of the pairing and what each proposes."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring_ext.programmes.models import Cohort


class MatchRun(models.Model):
    """One pairing of a cohort's mentees with its mentors: its input, its result and the proof.

    ``weights`` maps a factor's code to 0–5; ``digest`` is the SHA-256 of the whole input; ``total`` and ``bound`` are
    millionths of a score point; ``certificate`` is what ``solver.verify`` needs to check the result again.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        PUBLISHED = "published", _("Published")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="match_runs")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State, default=State.PROPOSED)
    weights = models.JSONField(_("weights"))
    digest = models.CharField(max_length=64)
    total = models.BigIntegerField()
    bound = models.BigIntegerField()
    certificate = models.JSONField(default=dict)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint("cohort", condition=models.Q(state="published"), name="one_published_run_a_cohort")
        ]

    def __str__(self) -> str:
        return f"{self.cohort} – {self.made_at:%Y-%m-%d %H:%M}"


class Proposal(models.Model):
    """A mentee's place in a run: the mentor (None = left over), the score in millionths and how it came about.

    ``parts`` lists per factor ``{"factor", "weight", "score", "points"}``; the points add up to ``score`` exactly.
    """

    run = models.ForeignKey(MatchRun, models.CASCADE, related_name="proposals")
    mentee = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    score = models.PositiveIntegerField(default=0)
    parts = models.JSONField(default=list)
    reasons = models.JSONField(default=dict)
    moved_because = models.CharField(_("moved by hand because"), max_length=300, blank=True)

    class Meta:
        ordering = ["score"]
        constraints = [models.UniqueConstraint("run", "mentee", name="one_proposal_a_mentee")]

    def __str__(self) -> str:
        return f"{self.mentee} → {self.mentor or '–'}"
