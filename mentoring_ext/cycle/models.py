"""Proposals for new content, and the evidence that each cites."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from mentoring_ext.evaluation.models import Aspect
from mentoring_ext.programmes.models import Cohort
from oer.lessons.models import TrainingModulePage

if TYPE_CHECKING:
    from lms.people.models import User


PUBLIC_SOURCES = frozenset({"practices"})
"""Evidence sources whose rows everybody may read."""


class ContentProposalQuerySet(models.QuerySet["ContentProposal"]):
    """Reads of proposals."""

    def visible_to(self, user: "User") -> Self:
        """Return all for editors, else those of the cohorts that ``user`` coordinates or oversees."""
        from mentoring_ext.cycle.permissions import proposals_seen_by

        return self.filter(proposals_seen_by(user)).distinct()

    def waiting(self) -> Self:
        """Return what waits for an editor, the longest waiting first."""
        return self.filter(state=ContentProposal.State.PROPOSED).order_by("proposed_at")

    def unpublished(self) -> Self:
        """Return what was accepted and whose lesson is still a draft."""
        return self.filter(state=ContentProposal.State.ACCEPTED, published_at=None)

    def turned_into_lessons(self) -> Self:
        """Return what was accepted and whose lesson was published."""
        return self.filter(published_at__isnull=False)

    def with_evidence(self) -> Self:
        """Add cohort, author, module, lesson and the cited evidence, in one query more."""
        return self.select_related("cohort", "author", "module", "lesson").prefetch_related("evidence")


class ContentProposal(models.Model):
    """A proposal to change the training because of what a cohort learnt; accepted, it becomes a draft lesson."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for an editor")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="content_proposals")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="content_proposals")
    title = models.CharField(_("title"), max_length=200)
    aspect = models.SlugField(_("aspect"), choices=Aspect)
    text = models.TextField(_("what the new lesson should say"))
    module = models.ForeignKey(TrainingModulePage, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PROPOSED)
    proposed_at = models.DateTimeField(_("proposed"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answer = models.TextField(_("the editor's answer"), blank=True)
    lesson = models.ForeignKey(Page, models.SET_NULL, null=True, blank=True, related_name="content_proposals")
    published_at = models.DateTimeField(_("lesson published"), null=True, blank=True)

    objects = ContentProposalQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-proposed_at"]
        verbose_name = _("content proposal")
        verbose_name_plural = _("content proposals")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("mentoring_cycle:proposal_detail", args=[self.pk])

    @property
    def state_words(self) -> str:
        """The state as people read it; a published lesson is more than an accepted proposal."""
        return str(_("Lesson published")) if self.published_at else self.get_state_display()

    @property
    def chip(self) -> str:
        """The kind of chip that shows the state."""
        if self.published_at:
            return "done"
        kinds = {self.State.PROPOSED: "soon", self.State.ACCEPTED: "info", self.State.DECLINED: "plain"}
        return kinds[self.State(self.state)]


class CitedEvidence(models.Model):
    """A row of evidence as it stood when the proposal cited it; ``key`` is the evidence row's key.

    ``source`` is the name of the evidence source. ``givers`` are those who hear when the lesson is published.
    """

    proposal = models.ForeignKey(ContentProposal, models.CASCADE, related_name="evidence")
    key = models.CharField(max_length=100)
    source = models.CharField(max_length=60)
    title = models.CharField(_("title"), max_length=300)
    quote = models.TextField(_("quote"), blank=True)
    aspect = models.SlugField(_("aspect"), blank=True)
    strength = models.FloatField(_("strength"), null=True, blank=True)
    people = models.PositiveIntegerField(_("people"), default=1)
    url = models.CharField(max_length=300, blank=True)
    givers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("proposal", "key", name="evidence_cited_once")]
        verbose_name = _("cited evidence")
        verbose_name_plural = _("cited evidence")

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        """Whether everybody may read what is cited."""
        return bool(self.url) and self.source in PUBLIC_SOURCES
