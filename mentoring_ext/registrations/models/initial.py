"""What mentor and mentee write down together in their first session."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.questionnaires.models import Response, Version
from mentoring_ext.groups.models import GroupMember

if TYPE_CHECKING:
    from lms.people.models import User


class InitialEvaluationQuerySet(models.QuerySet["InitialEvaluation"]):
    """Reads of initial evaluations."""

    def visible_to(self, user: "User") -> Self:
        """Keep those of which ``user`` is the mentee, the mentor or the coordinator."""
        from mentoring_ext.programmes.models import Cohort

        own = models.Q(pair__user=user) | models.Q(pair__group__mentor=user)
        return self.filter(own | models.Q(pair__group__cohort__in=Cohort.objects.coordinated_by(user)))

    def with_pair(self) -> Self:
        """Fetch mentee, mentor, cohort and answers' state in the same query."""
        return self.select_related("pair__user", "pair__group__mentor", "pair__group__cohort", "response", "version")


class InitialEvaluation(models.Model):
    """Profile, needs, motivation and goals of a mentee, filled in by mentee and mentor in session 1.

    ``response`` belongs to the mentee and is about the pair; it is None until somebody writes.
    """

    pair = models.OneToOneField(GroupMember, models.CASCADE, related_name="initial_evaluation")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    response = models.OneToOneField(Response, models.SET_NULL, null=True, blank=True, related_name="+")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField()

    objects = InitialEvaluationQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["opened_at"]
        verbose_name = _("initial evaluation")
        verbose_name_plural = _("initial evaluations")

    def __str__(self) -> str:
        return f"{self.pair}"

    def get_absolute_url(self) -> str:
        return reverse("mentoring_registrations:initial_detail", args=[self.pair_id])

    @property
    def is_done(self) -> bool:
        """Whether mentor and mentee have finished it."""
        return self.response is not None and self.response.state == Response.State.SUBMITTED
