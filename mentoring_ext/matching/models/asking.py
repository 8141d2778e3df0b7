"""What people say to the match that was published: they confirm it, or ask for another one."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentoring_ext.groups.models import MentoringGroup

if TYPE_CHECKING:
    from lms.people.models import User


class Confirmation(models.Model):
    """That somebody of a group is content with the match."""

    group = models.ForeignKey(MentoringGroup, models.CASCADE, related_name="confirmations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    confirmed_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["confirmed_at"]
        verbose_name = _("confirmation of a match")
        verbose_name_plural = _("confirmations of matches")
        constraints = [models.UniqueConstraint("group", "user", name="match_confirmed_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.group}"


class MatchRequestQuerySet(models.QuerySet["MatchRequest"]):
    """Reads of requests for another match."""

    def visible_to(self, user: "User") -> Self:
        """Keep the requests of the cohorts whose people ``user`` may pair, and the person's own."""
        from mentoring_ext.matching.permissions import requests_seen_by

        return self.filter(requests_seen_by(user))

    def waiting(self) -> Self:
        """Keep those that nobody has answered or taken back."""
        return self.filter(state=MatchRequest.State.WAITING)

    def with_people(self) -> Self:
        """Fetch everybody who is named, and the group with its cohort, in the same query."""
        return self.select_related("group__cohort__programme", "group__mentor", "mentee", "asked_by", "answered_by")


class MatchRequest(models.Model):
    """A mentee or a mentor asks that the mentee comes to another mentor, before session 3.

    ``kind`` and ``words`` are confidential: the cohort's coordinators and who asked read them, never the other side.
    ``answer`` is what the coordinator tells who asked. ``moves`` are the keys (mentee, former mentor, new mentor) of
    those who changed groups when it was accepted.
    """

    class Kind(models.TextChoices):
        HOURS = "hours", _("We find no time to meet")
        LANGUAGE = "language", _("We do not understand each other's language well")
        GOALS = "goals", _("The help that is needed does not fit what can be given")
        CONTACT = "contact", _("We do not get on with each other")
        CONFLICT = "conflict", _("We know each other in another role")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for an answer")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Taken back")

    group = models.ForeignKey(MentoringGroup, models.CASCADE, related_name="match_requests")
    mentee = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(_("what is the reason?"), max_length=20, choices=Kind)
    words = models.TextField(_("in your own words"))
    asked_at = models.DateTimeField()
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    moves = models.JSONField(default=list)

    objects = MatchRequestQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("request for another match")
        verbose_name_plural = _("requests for another match")
        constraints = [
            models.UniqueConstraint(
                "group", "mentee", "asked_by", condition=models.Q(state="waiting"), name="one_waiting_match_request"
            )
        ]

    def __str__(self) -> str:
        return f"{self.mentee} – {self.group}"

    def get_absolute_url(self) -> str:
        return reverse("mentoring_matching:request_detail", args=[self.group.cohort_id, self.pk])

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has answered it or taken it back."""
        return self.state == self.State.WAITING

    @property
    def by_mentor(self) -> bool:
        """Whether the mentor asked."""
        return self.asked_by_id != self.mentee_id
