"""What every page's frame shows: where this person can go, and how many notices are unread."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lms.notices.models import Notice
from lms.plugins import NAVIGATION, NavigationItem, Text


@dataclass(frozen=True)
class Place:
    """A place in the rail: label, address, icon, and whether the person is there now."""

    label: Text
    url: str
    icon: str
    active: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give templates ``navigation`` and ``unread_notices``; neither costs anything on pages that do not show it."""
    return {
        "navigation": SimpleLazyObject(lambda: places(request)),
        "unread_notices": SimpleLazyObject(lambda: unread(request)),
    }


def places(request: HttpRequest) -> list[Place]:
    """Return the places that the person may go to, in their order."""
    shown = sorted((item for item in NAVIGATION.collect() if item.shown_to(request)), key=lambda item: item.order)
    here = _place_of(request, shown)
    return [Place(item.label, item.address, item.icon, item is here) for item in shown]


def unread(request: HttpRequest) -> int:
    """Return how many notices the person has not read."""
    if not request.user.is_authenticated:
        return 0
    return Notice.objects.filter(recipient=request.user, read_at=None).count()


def _place_of(request: HttpRequest, shown: Sequence[NavigationItem]) -> NavigationItem | None:
    """Return the place that the page belongs to: the nearest one above it, or one that says it holds the page."""
    above = [item for item in shown if request.path.startswith(item.address)]
    if above:
        return max(above, key=lambda item: len(item.address))
    return next((item for item in shown if item.holds and item.holds(request)), None)
