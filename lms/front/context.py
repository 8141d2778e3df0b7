"""What every page's frame shows: where this person can go, and how many notices are unread."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
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
    addresses = [(item, _address(item)) for item in shown]
    here = max((url for _, url in addresses if request.path.startswith(url)), key=len, default="")
    return [Place(item.label, url, item.icon, url == here) for item, url in addresses]


def unread(request: HttpRequest) -> int:
    """Return how many notices the person has not read."""
    if not request.user.is_authenticated:
        return 0
    return Notice.objects.filter(recipient=request.user, read_at=None).count()


def _address(item: NavigationItem) -> str:
    try:
        return reverse(item.url_name)
    except NoReverseMatch:
        return item.url_name
