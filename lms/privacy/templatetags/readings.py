"""The sentence that every page with a confidential record shows to those whose reading is written down."""

from datetime import timedelta
from typing import Any

from django import template
from django.db.models import Model
from django.template.context import Context
from django.utils import timezone

from lms.privacy.models import Reading

register = template.Library()
JUST_NOW = timedelta(minutes=1)


@register.inclusion_tag("privacy/_noted.html", takes_context=True)
def opening_is_noted(context: Context, thing: Model | None) -> dict[str, Any]:
    """Say that opening this page was written down, if the page has just done so for ``thing``; else say nothing.

    It asks the log itself, so that the sentence and the line never part.
    """
    log = Reading.objects.of(thing).filter(reader=context["user"].pk) if thing else Reading.objects.none()
    about = list(log.filter(last_at__gte=timezone.now() - JUST_NOW).values_list("about", flat=True)[:2])
    return {"is_noted": bool(about), "is_seen": any(about)}
