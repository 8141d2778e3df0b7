"""Proposals for new content, and the evidence that each cites."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from lms.courses.models import CoursePage
from mentoring_ext.programmes.models import Cohort


class ContentProposal(models.Model):
    """A proposal to change the training because of what a cohort learnt; accepted, it becomes a draft lesson."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for an editor")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="content_proposals")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="content_proposals")
    title = models.CharField(_("title"), max_length=200)
    aspect = models.SlugField(_("aspect"), blank=True)
    text = models.TextField(_("what the new lesson should say"))
    course = models.ForeignKey(CoursePage, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PROPOSED)
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answer = models.TextField(_("the editor's answer"), blank=True)
    lesson = models.ForeignKey(Page, models.SET_NULL, null=True, blank=True, related_name="content_proposals")

    class Meta:
        ordering = ["-proposed_at"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("mentoring_cycle:proposal_detail", args=[self.pk])


class CitedEvidence(models.Model):
    """A row of evidence as it stood when the proposal cited it; ``key`` is the evidence row's key."""

    proposal = models.ForeignKey(ContentProposal, models.CASCADE, related_name="evidence")
    key = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    quote = models.TextField(blank=True)
    aspect = models.SlugField(blank=True)
    strength = models.FloatField(null=True, blank=True)
    url = models.CharField(max_length=300, blank=True)
    givers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("proposal", "key", name="evidence_cited_once")]

    def __str__(self) -> str:
        return self.title
