"""Licences, competence frameworks, what a resource says about itself, and the catalogue page."""

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, get_page_models

from lms.courses.models import CoursePage
from oer.library.attribution import Credit, attribution_line
from oer.library.combine import Terms


class Licence(models.Model):
    """A licence that a resource may carry, and what it asks of those who build on the work."""

    code = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=100)
    url = models.URLField(_("full text"))
    changes = models.BooleanField(_("allows changes"), default=True)
    share_alike = models.BooleanField(_("asks for the same licence"), default=False)
    commercial = models.BooleanField(_("allows commercial use"), default=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("licence")
        verbose_name_plural = _("licences")

    def __str__(self) -> str:
        return self.name

    @property
    def terms(self) -> Terms:
        """Return the licence as the rules of combining know it."""
        return Terms(self.code, self.changes, self.share_alike, self.commercial)


class Framework(models.Model):
    """A published list of competences, with its version named, such as DigComp 2.2."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=150)
    version = models.CharField(_("version"), max_length=20, blank=True)
    publisher = models.CharField(_("publisher"), max_length=150, blank=True)
    url = models.URLField(_("address"), blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("competence framework")
        verbose_name_plural = _("competence frameworks")

    def __str__(self) -> str:
        return f"{self.name} {self.version}".strip()


class Competence(models.Model):
    """A competence of a framework, or one of its areas when it has no ``area`` above it."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="competences")
    area = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="competences")
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        ordering = ["framework", "code"]
        verbose_name = _("competence")
        verbose_name_plural = _("competences")
        constraints = [models.UniqueConstraint("framework", "code", name="competence_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Level(models.TextChoices):
    """How much a resource expects people to know already."""

    FOUNDATION = "foundation", _("First steps")
    INTERMEDIATE = "intermediate", _("With some experience")
    ADVANCED = "advanced", _("Experienced")


class ResourceMixin(models.Model):
    """What every open resource says about itself: licence, authors, language, level, competences, source."""

    licence = models.ForeignKey(Licence, models.PROTECT, related_name="+", verbose_name=_("licence"))
    authors = models.CharField(_("authors"), max_length=250)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="en")
    level = models.CharField(_("level"), max_length=20, choices=Level, default=Level.FOUNDATION)
    competences = ParentalManyToManyField(
        Competence, blank=True, related_name="%(class)ss", verbose_name=_("competences")
    )
    source_title = models.CharField(_("based on"), max_length=250, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)

    shown_with = ("licence",)
    """Relations that a visit to the page reads together with it."""

    resource_panel = MultiFieldPanel(
        [
            FieldPanel("authors"),
            FieldPanel("licence"),
            FieldPanel("language"),
            FieldPanel("level"),
            FieldPanel("competences"),
            FieldPanel("source_title"),
            FieldPanel("source_url"),
        ],
        heading=_("About this resource"),
    )

    class Meta:
        abstract = True

    @property
    def attribution(self) -> str:
        """Return the line that others copy when they use the resource."""
        return attribution_line(Credit(str(self), self.authors, str(self.licence), self.source_title))


class CataloguePage(Page):
    """The public catalogue of open modules; everybody may read it without an account."""

    introduction = models.TextField(_("introduction"), blank=True)

    template = "library/catalogue_page.html"
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("catalogue")
        verbose_name_plural = _("catalogues")

    @classmethod
    def clean_subpage_models(cls) -> list[type[Page]]:
        """Allow every kind of course that is an open resource, also those that plugins bring."""
        return open_course_models()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from oer.library.catalogue import catalogue_context

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | catalogue_context(self, request)


def open_course_models() -> list[type[Page]]:
    """Return the page types that are both a course and an open resource."""
    return [model for model in get_page_models() if issubclass(model, CoursePage) and issubclass(model, ResourceMixin)]
