"""The two page types that everything learnt here is built of."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, get_page_models

from lms.courses.models.querysets import ActivityQuerySet, CourseQuerySet

STEP = Page.steplen


class CoursePage(Page):
    """A course: holds activities in page order. A plugin makes its own kind of course by subclassing it."""

    summary = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("One or two sentences: what people learn here.")
    )
    minutes = models.PositiveSmallIntegerField(_("minutes in all"), default=0, help_text=_("0: do not show."))
    self_enrolment = models.BooleanField(
        _("everyone may join"), default=True, help_text=_("Otherwise only those whom a rule or a coordinator enrols.")
    )
    gives_certificate = models.BooleanField(_("gives a certificate"), default=True)
    requires = ParentalManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="required_by",
        verbose_name=_("courses to complete first"),
    )

    objects = PageManager.from_queryset(CourseQuerySet)()
    template = "courses/course_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("minutes"),
                FieldPanel("self_enrolment"),
                FieldPanel("gives_certificate"),
                FieldPanel("requires"),
            ],
            heading=_("Taking this course"),
        ),
    ]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    @classmethod
    def clean_subpage_models(cls) -> list[type[Page]]:
        """Allow every activity type, also those that plugins bring."""
        return [model for model in get_page_models() if issubclass(model, ActivityPage) and model.is_creatable]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from lms.courses import page_context

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | page_context.course_context(self, request)


class ActivityPage(Page):
    """A page inside a course that can be completed. A plugin adds an activity by subclassing it.

    ``section`` is a heading above this activity in its course; empty means: still in the section before.
    """

    section = models.CharField(
        _("opens the section"),
        max_length=120,
        blank=True,
        help_text=_("A heading above this activity. Leave it empty to stay in the section before."),
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0, help_text=_("About how long it takes."))

    objects = PageManager.from_queryset(ActivityQuerySet)()
    template = "courses/activity_page.html"
    is_creatable = False
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("section"), FieldPanel("minutes")]

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")

    @classmethod
    def clean_parent_page_models(cls) -> list[type[Page]]:
        """Allow every course type, also those that plugins bring."""
        return [model for model in get_page_models() if issubclass(model, CoursePage)]

    @property
    def course_path(self) -> str:
        """Return the tree path of the course that holds this activity."""
        return str(self.path[:-STEP])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from lms.courses import page_context

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | page_context.activity_context(self, request)
