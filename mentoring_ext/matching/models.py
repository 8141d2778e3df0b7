"""Runs of the pairing and what each proposes."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentoring_ext.programmes.models import Cohort

if TYPE_CHECKING:
    from lms.people.models import User


class MatchRunQuerySet(models.QuerySet["MatchRun"]):
    """Reads of runs."""

    def visible_to(self, user: "User") -> Self:
        """Return the runs of the cohorts whose pairing ``user`` may read."""
        from mentoring_ext.matching.permissions import runs_seen_by

        return self.filter(runs_seen_by(user))


class MatchRun(models.Model):
    """One pairing of a cohort's mentees with its mentors: its input, its result and the proof.

    ``weights`` maps a factor's code to 0–5, ``places`` a mentor's id to places; ``digest`` is the SHA-256 of the whole
    input; ``total`` and ``bound`` are millionths of a score point, as the solver found them before any change by hand;
    ``certificate`` is what ``solver.verify`` needs, ``versions`` the software that made it.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        PUBLISHED = "published", _("Published")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="match_runs")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State, default=State.PROPOSED)
    weights = models.JSONField(_("weights"))
    mentors = models.JSONField(default=list)
    places = models.JSONField(default=dict)
    versions = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    total = models.BigIntegerField()
    bound = models.BigIntegerField()
    certificate = models.JSONField(default=dict)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = MatchRunQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.cohort} – {self.made_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("mentoring_matching:run_detail", args=[self.cohort_id, self.pk])

    @property
    def is_published(self) -> bool:
        """Whether groups were opened from this run, so that it cannot change any more."""
        return self.state == self.State.PUBLISHED

    @property
    def is_proven(self) -> bool:
        """Whether no other pairing has a higher total."""
        return self.total == self.bound


class Proposal(models.Model):
    """A mentee's place in a run: the mentor (None = left over) and the score in millionths.

    ``options`` keeps what was compared: a mentor's id → ``{"score", "values", "points", "rules"}``. ``values``
    (millionths, −1 = not known) and ``points`` follow the order of ``factors.FACTORS``; the points add up to the score
    exactly; ``rules`` names the hard rules that forbid the pair.
    """

    run = models.ForeignKey(MatchRun, models.CASCADE, related_name="proposals")
    mentee = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    score = models.PositiveIntegerField(default=0)
    options = models.JSONField(default=dict)
    moved_because = models.CharField(_("moved by hand because"), max_length=300, blank=True)
    moved_cost = models.IntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["score", "pk"]
        constraints = [models.UniqueConstraint("run", "mentee", name="one_proposal_a_mentee")]

    def __str__(self) -> str:
        return f"{self.mentee} → {self.mentor or '–'}"

    def get_absolute_url(self) -> str:
        return reverse("mentoring_matching:proposal_detail", args=[self.run.cohort_id, self.run_id, self.pk])

    @property
    def points(self) -> float:
        """The score in points of a hundred."""
        return round(self.score / 10_000, 1)
