"""What every page's frame shows: where this person can go, and how many notices are unread."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lms.notices.models import Notice
from lms.plugins import NAVIGATION, NAVIGATION_GROUPS, NavigationGroup, NavigationItem, Text

MOST_PLACES = 7
"""How many places stand in the rail before those of a group are folded into one."""
IN_THE_BAR = 4
"""How many places stand in the bottom bar of a telephone; the others are behind "More"."""


@dataclass(frozen=True)
class Place:
    """A place in the rail: label, address, icon, and whether the person is there now."""

    label: Text
    url: str
    icon: str
    active: bool
    group: str = ""


@dataclass(frozen=True)
class Fold:
    """Something in the rail: one place that stands for itself, or a group with its places."""

    places: Sequence[Place]
    group: NavigationGroup | None = None

    @property
    def active(self) -> bool:
        """Return whether the person is at one of the places now."""
        return any(place.active for place in self.places)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give templates where to go and ``unread_notices``; nothing of it costs anything on pages that do not show it.

    ``navigation`` is every place; ``rail`` folds them by groups, and ``more_places`` those after the bottom bar.
    """
    shown = SimpleLazyObject(lambda: places(request))
    return {
        "navigation": shown,
        "rail": SimpleLazyObject(lambda: folded(shown[:])),
        "more_places": SimpleLazyObject(lambda: folded(shown[IN_THE_BAR:], most=0)),
        "unread_notices": SimpleLazyObject(lambda: unread(request)),
    }


def places(request: HttpRequest) -> list[Place]:
    """Return the places that the person may go to, in their order."""
    shown = sorted((item for item in NAVIGATION.collect() if item.shown_to(request)), key=lambda item: item.order)
    here = _place_of(request, shown)
    return [Place(item.label, item.address, item.icon, item is here, item.group) for item in shown]


def folded(shown: Sequence[Place], most: int = MOST_PLACES) -> list[Fold]:
    """Return the places in their order, those of a group together where its first one stands.

    While there are no more than ``most`` places, and where a group would hold a single one, each stands for itself.
    """
    groups = {group.name: group for group in NAVIGATION_GROUPS.collect()} if len(shown) > most else {}
    together: dict[str, list[Place]] = {}
    for place in shown:
        together.setdefault(place.group if place.group in groups else place.url, []).append(place)
    return [Fold(some, groups.get(name) if len(some) > 1 else None) for name, some in together.items()]


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
