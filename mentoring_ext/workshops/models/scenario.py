"""Scenarios of use: cases that workshops talk about, in a library."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ordered_model.models import OrderedModel

from lms.people.models import Organisation

if TYPE_CHECKING:
    from lms.people.models import User


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    """Reads of scenarios."""

    def visible_to(self, user: "User") -> Self:
        """Keep the published ones for whoever takes part in workshops, and the drafts that ``user`` keeps."""
        from mentoring_ext.workshops.permissions import scenarios_kept_by

        return self.filter(models.Q(published=True) | scenarios_kept_by(user))

    def searched(self, words: str) -> Self:
        """Keep those that hold every word, in title, summary or a part."""
        found = self
        for word in words.split():
            inside = ScenarioPart.objects.filter(text__icontains=word).order_by().values("scenario")
            in_head = models.Q(title__icontains=word) | models.Q(summary__icontains=word)
            found = found.filter(in_head | models.Q(pk__in=inside))
        return found


class Scenario(models.Model):
    """A case out of practice, told in ordered parts; shipped where it has no organisation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="scenarios")
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("in one sentence"), max_length=300)
    published = models.BooleanField(_("in the library for everybody"), default=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="scenarios")
    changed_at = models.DateTimeField()

    objects = ScenarioQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["title"]
        verbose_name = _("scenario of use")
        verbose_name_plural = _("scenarios of use")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("mentoring_workshops:scenario_detail", args=[self.pk])


class ScenarioPart(OrderedModel):
    """One step of a scenario."""

    class Kind(models.TextChoices):
        SITUATION = "situation", _("The situation")
        QUESTIONS = "questions", _("Questions to talk about")
        DONE = "done", _("What was done")
        OUTCOME = "outcome", _("What came of it")

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="parts")
    kind = models.CharField(_("part"), max_length=20, choices=Kind)
    text = models.TextField(_("text"))
    order_with_respect_to = "scenario"

    wagtail_reference_index_ignore = True

    class Meta(OrderedModel.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.scenario}: {self.get_kind_display()}"
