"""Runs of the pairing and what each proposes."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.jobs.models import Job
from mentoring_ext.programmes.models import Cohort

if TYPE_CHECKING:
    from lms.people.models import User

LARGE = ("input", "certificate", "advice")
"""Columns of a run that only its arithmetic reads."""
LARGE_IN_RUN = tuple(f"run__{name}" for name in LARGE)
"""The same, as read through rows that name a run."""


class MatchRunQuerySet(models.QuerySet["MatchRun"]):
    """Reads of runs."""

    def visible_to(self, user: "User") -> Self:
        """Return the runs of the cohorts whose pairing ``user`` may read."""
        from mentoring_ext.matching.permissions import runs_seen_by

        return self.filter(runs_seen_by(user))

    def solved(self) -> Self:
        """Keep the runs that have a result."""
        return self.exclude(state__in=[MatchRun.State.RUNNING, MatchRun.State.CANCELLED, MatchRun.State.FAILED])

    def for_lists(self) -> Self:
        """Leave the large columns in the database, and fetch who made the run."""
        return self.defer(*LARGE).select_related("made_by", "job")


class MatchRun(models.Model):
    """One pairing of a cohort's mentees with its mentors: its input, its result and the proof.

    ``input`` is everything that the result depends on, as ``kept.pack`` writes it, and ``digest`` its SHA-256. When
    somebody is erased or takes a consent back, their facts go out of it: the digest stays, and the run is not
    ``repeatable`` any more.
    ``weights`` maps a factor's code to 0–5, ``options`` is ``kept.Options``; ``total``, ``bound`` and ``weakest`` are
    millionths of a score, as the solver found them before any change by hand; ``certificate`` is what
    ``solver.verify`` needs, ``advice`` the small changes that would place who is left over (see ``helping``),
    ``versions`` the software that made it. ``parent`` is the run from which this one was solved again. ``honesty`` is
    ``honesty.Honesty`` as JSON, empty in runs from before it was measured, ``alone`` is ``alone.Alone``, empty where
    lone mentees are not avoided. ``revision`` counts the changes: who has not seen the last one cannot make the next.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("Being worked out")
        PROPOSED = "proposed", _("Proposed")
        PUBLISHED = "published", _("Published")
        SUPERSEDED = "superseded", _("Replaced")
        CANCELLED = "cancelled", _("Stopped")
        FAILED = "failed", _("Not possible")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="match_runs")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, related_name="children")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State, default=State.PROPOSED)
    problem = models.TextField(blank=True)
    weights = models.JSONField(_("weights"))
    options = models.JSONField(_("options"), default=dict)
    input = models.BinaryField(default=bytes)
    repeatable = models.BooleanField(default=True)
    versions = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    people = models.PositiveIntegerField(default=0)
    placed = models.PositiveIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    bound = models.BigIntegerField(default=0)
    weakest = models.PositiveIntegerField(null=True)
    optimal = models.BooleanField(default=False)
    certificate = models.JSONField(default=dict)
    honesty = models.JSONField(default=dict)
    alone = models.JSONField(default=dict)
    advice = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = MatchRunQuerySet.as_manager()
    wagtail_reference_index_ignore = True
    is_decided = False
    """Whether the cohort's decision is closed and names are seen; known where a page fetched the run."""

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.cohort} – {self.made_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("mentoring_matching:run_detail", args=[self.cohort_id, self.pk])

    @property
    def is_published(self) -> bool:
        """Whether groups were opened from this run, so that it cannot change any more."""
        return self.state == self.State.PUBLISHED

    @property
    def is_open(self) -> bool:
        """Whether the run can still be changed and published."""
        return self.state == self.State.PROPOSED

    @property
    def is_changeable(self) -> bool:
        """Whether pairs can still be changed without opening the decision again."""
        return self.is_open and not self.is_decided

    @property
    def has_result(self) -> bool:
        """Whether the solver came to an end."""
        return self.state in (self.State.PROPOSED, self.State.PUBLISHED, self.State.SUPERSEDED)

    @property
    def left_over(self) -> int:
        """How many mentees the solver could not place."""
        return self.people - self.placed


class RunMentor(models.Model):
    """A mentor in a run: the column in its tables, the places, and the hour of the week in which the group can meet.

    ``slot`` is the first hour of a session, 0 (Monday, midnight) to 167, or None when none is known.
    """

    run = models.ForeignKey(MatchRun, models.CASCADE, related_name="mentors")
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    column = models.PositiveIntegerField()
    places = models.PositiveIntegerField()
    slot = models.PositiveSmallIntegerField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["run", "column"]
        constraints = [
            models.UniqueConstraint("run", "column", name="one_mentor_a_column"),
            models.UniqueConstraint("run", "mentor", name="mentor_once_a_run"),
        ]

    def __str__(self) -> str:
        return f"{self.mentor or '–'} ({self.places})"


class Proposal(models.Model):
    """A mentee's place in a run: the row in its tables, the mentor (None = left over) and the score in millionths.

    Of two mentees who changed places by hand each names the other as ``exchanged_with``; the reason stands with the one
    who was to be moved.
    """

    run = models.ForeignKey(MatchRun, models.CASCADE, related_name="proposals")
    row = models.PositiveIntegerField()
    mentee = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    score = models.PositiveIntegerField(default=0)
    moved_because = models.CharField(_("moved by hand because"), max_length=300, blank=True)
    moved_cost = models.IntegerField(default=0)
    exchanged_with = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["score", "pk"]
        constraints = [models.UniqueConstraint("run", "mentee", name="one_proposal_a_mentee")]

    def __str__(self) -> str:
        return f"{self.mentee} → {self.mentor or '–'}"

    def get_absolute_url(self) -> str:
        return reverse("mentoring_matching:proposal_detail", args=[self.run.cohort_id, self.run_id, self.pk])

    @property
    def is_moved(self) -> bool:
        """Whether a person put the mentee here."""
        return bool(self.moved_because) or self.exchanged_with_id is not None

    @property
    def points(self) -> int:
        """The score in whole points of a hundred."""
        return round(self.score / 10_000)
