"""What stands on the first pages, and where people can go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from lms.plugins.point import HookPoint, Text

if TYPE_CHECKING:
    from lms.people.models import User


@dataclass(frozen=True)
class DashboardCard:
    """A card on a person's first page. ``context_for`` returns None when the person has nothing to see there.

    A ``wide`` card stands over the whole width, above the others. ``concerns`` as for ``AgendaSource``.
    """

    name: str
    template: str
    context_for: Callable[["User", datetime], dict[str, Any] | None]
    order: int = 100
    wide: bool = False
    concerns: Callable[["User"], Sequence[QuerySet[Any]] | None] | None = None


@dataclass(frozen=True)
class FrontSection:
    """A part of the public front page. ``context_for`` returns None when there is nothing to show."""

    name: str
    template: str
    context_for: Callable[[HttpRequest], dict[str, Any] | None]
    order: int = 100


@dataclass(frozen=True)
class NavigationGroup:
    """Places that belong together: who has more than seven places finds those of a group folded into one."""

    name: str
    label: Text
    icon: str


@dataclass(frozen=True)
class NavigationItem:
    """A place in the rail (wide) or the bottom bar (narrow), for those of whom ``shown_to`` is true.

    ``url_name`` is the name of an address or, for a page, the address itself; the place is marked on all pages below
    it, and on those of which ``holds`` is true. ``icon`` is a Lucide name. ``order``: the first four also stand in
    the bottom bar on a telephone. ``group`` names the ``NavigationGroup`` that it belongs to, if any.
    """

    name: str
    label: Text
    url_name: str
    icon: str
    shown_to: Callable[[HttpRequest], bool]
    order: int = 100
    holds: Callable[[HttpRequest], bool] | None = None
    group: str = ""

    @property
    def address(self) -> str:
        """Return where the place is."""
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return self.url_name


DASHBOARD_CARDS = HookPoint("register_dashboard_cards", DashboardCard, "Cards on a person's first page.")
FRONT_SECTIONS = HookPoint("register_front_sections", FrontSection, "Parts of the public front page.")
NAVIGATION = HookPoint("register_navigation", NavigationItem, "Places in the rail and the bottom bar.")
NAVIGATION_GROUPS = HookPoint("register_navigation_groups", NavigationGroup, "Places that belong together.")


def place_address(name: str) -> str:
    """Return the address of the place in the navigation that is called ``name``; the first page's if nobody has it."""
    return next((item.address for item in NAVIGATION.collect() if item.name == name), "/")
