"""The front page, and plain pages such as "About" or "Privacy"."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from lms.plugins import FRONT_SECTIONS, ask_each


class FrontPage(Page):
    """The first page that a visitor sees: what this place is for, and what every room puts on it by hook."""

    heading = models.CharField(_("heading"), max_length=120)
    lead = models.CharField(_("lead"), max_length=300)
    circle_text = models.TextField(_("text beside the circle"))

    content_panels = [*Page.content_panels, FieldPanel("heading"), FieldPanel("lead"), FieldPanel("circle_text")]
    template = "front/front_page.html"
    max_count = 1

    class Meta:
        verbose_name = _("front page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        sections = sorted(FRONT_SECTIONS.collect(), key=lambda section: section.order)
        shown = ask_each(sections, lambda section: (section.template, section.context_for(request)))
        context["sections"] = [(template, values) for template, values in shown if values is not None]
        return context


class TextPage(Page):
    """A plain page of text."""

    lead = models.CharField(_("lead"), max_length=300, blank=True)
    body = RichTextField(_("text"))

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    template = "front/text_page.html"

    class Meta:
        verbose_name = _("text page")
