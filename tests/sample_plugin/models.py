"""The plugin's own activity."""

from django.db import models
from wagtail.admin.panels import FieldPanel

from lms.courses.models import ActivityPage


class WalkPage(ActivityPage):
    """A walk to a place, which a learner takes and then marks as done."""

    place = models.CharField(max_length=100)

    is_creatable = True
    template = "sample_plugin/walk_page.html"
    content_panels = [*ActivityPage.content_panels, FieldPanel("place")]
