"""Hearing of every page that is published: by an editor, by a schedule or by a workflow."""

from typing import Any

from django.utils import timezone
from wagtail.models import Page, Revision

from mentoring_ext.cycle import actions


def on_page_published(sender: type[Page], instance: Page, revision: Revision | None = None, **kwargs: Any) -> None:
    """Close the circle for the proposals that led to this page."""
    actions.close_circle(instance, actor=revision.user if revision else None, at=timezone.now())
