"""Questionnaires, their versions and their sections."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ordered_model.models import OrderedModel

from lms.people.models import Organisation

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.people.models import User


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    """Reads of questionnaires."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep the forms that ``user`` composes."""
        from lms.questionnaires.permissions import composed_by

        return self.filter(composed_by(user))

    def with_state(self) -> Self:
        """Add ``open_number``, ``draft_number``, ``changed`` and ``handed_in``, the count of answers; newest first."""
        versions = Version.objects.filter(questionnaire=models.OuterRef("pk")).order_by("-number")
        return self.annotate(
            open_number=models.Subquery(versions.exclude(published_at=None).values("number")[:1]),
            draft_number=models.Subquery(versions.filter(published_at=None).values("number")[:1]),
            changed=models.Max(Coalesce("versions__changed_at", "versions__published_at")),
            handed_in=models.Count(
                "versions__responses", filter=models.Q(versions__responses__state="submitted"), distinct=True
            ),
        ).order_by("-changed", "title")


class Questionnaire(models.Model):
    """A form with a purpose, such as "Final evaluation by the mentee"; what is asked stands in its versions.

    ``use`` names the ``QuestionnaireUse`` that an organisation composed it for; it is empty for those that ship.
    """

    slug = models.SlugField(_("short name in addresses"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    purpose = models.TextField(_("what it is for"), blank=True)
    seen_by = models.TextField(_("who will see the answers"), blank=True)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="questionnaires")
    use = models.SlugField(_("composed for"), blank=True)

    objects = QuestionnaireQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["title"]
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("lms_questionnaires:form_detail", args=[self.pk])


class VersionQuerySet(models.QuerySet["Version"]):
    """Reads of versions."""

    def published(self) -> Self:
        """Return the versions that people may answer."""
        return self.filter(published_at__isnull=False)

    def with_questions(self) -> Self:
        """Add questionnaire, sections and questions, in three queries for any number of versions."""
        return self.select_related("questionnaire").prefetch_related("sections__questions")


class Version(models.Model):
    """One state of a questionnaire; it does not change once it is published and somebody may answer it.

    ``removed`` is the section or question that was taken out last, as plain data with its place, to be put back.
    """

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    changed_at = models.DateTimeField(_("last changed"), null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("changed by")
    )
    removed = models.JSONField(null=True, blank=True, editable=False)

    objects = VersionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["questionnaire", "-number"]
        constraints = [models.UniqueConstraint("questionnaire", "number", name="version_number_once")]
        verbose_name = _("version")
        verbose_name_plural = _("versions")

    def __str__(self) -> str:
        return f"{self.questionnaire} ({self.number})"


class SometimesShown(models.Model):
    """What is shown only if the earlier question with the code ``only_if`` has one of ``only_if_answers``.

    Without a code it is always shown.
    """

    only_if = models.SlugField(_("only if this question"), blank=True)
    only_if_answers = models.JSONField(_("has one of these answers"), default=list, blank=True)

    class Meta:
        abstract = True


class Section(SometimesShown, OrderedModel):
    """A headed part of a questionnaire."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="sections")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("introduction"), blank=True)
    order_with_respect_to = "version"

    wagtail_reference_index_ignore = True

    class Meta(OrderedModel.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self) -> str:
        return self.title
