"""The short way from an address to its page: one query instead of two for every step of the address, and three more.

Wagtail walks an address slug by slug, then reads the ancestors and whatever hides them. Here the page that an address
led to is remembered, as a hint: the one query that reads the page also asks whether it is still published, still
stands at this address of this site, and whether anything above it is restricted. A wrong hint therefore costs a
query and never shows a wrong page, in however many processes; nothing has to be forgotten when editors change things.
A page type names in ``shown_with`` the relations that it is shown with; they come with the same query.
Only a new site that takes over a host name is noticed after ``KEPT_SECONDS``.

It stands in this room because it serves every kind of page, with or without courses.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve

KEPT_SECONDS = 300


@dataclass(frozen=True)
class Hint:
    """Where an address led: the site, the page's model, its id, and the tree's address of the page."""

    site: Site
    model: str
    pk: int
    url_path: str


class PageRouting:
    """Middleware that routes addresses of pages before Wagtail does, in the place where Wagtail keeps its route."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: list[str], kwargs: dict[str, Any]) -> None:
        """Route the request if it is one for a page."""
        if view is serve:
            _route(request, *args)


def _route(request: HttpRequest, path: str) -> None:
    key = f"lms_front:hint:{request.get_host()}:{request.get_port()}:{get_language()}:{path}"
    hint = cache.get(key)
    page = _page_at(hint) if isinstance(hint, Hint) else None
    if page is None:
        _remember(key, request, path)
        return
    if not page.may_be_hidden:
        # The query has found nothing that hides the page; Wagtail would look once more, in two queries.
        page.get_view_restrictions = PageViewRestriction.objects.none
    vars(request).update(_wagtail_site=hint.site, _wagtail_route_for_request=RouteResult(page))


def _page_at(hint: Hint) -> Any:
    """Return the page with ``may_be_hidden``, or None if the hint is out of date."""
    try:
        model = apps.get_model(hint.model)
    except LookupError:
        return None
    site = Site.objects.filter(
        pk=hint.site.pk,
        hostname=hint.site.hostname,
        port=hint.site.port,
        is_default_site=hint.site.is_default_site,
        root_page=hint.site.root_page_id,
    )
    found = model.objects.filter(Exists(site), pk=hint.pk, url_path=hint.url_path, live=True)
    return found.select_related(*getattr(model, "shown_with", ())).annotate(may_be_hidden=_hidden()).first()


def _hidden() -> Any:
    """Tell whether the page or one above it is restricted, or is an alias, which is hidden with its source."""
    here = ExpressionWrapper(OuterRef("path"), CharField())
    restricted = PageViewRestriction.objects.annotate(here=here).filter(here__startswith=F("page__path"))
    aliases = Page.objects.filter(alias_of__isnull=False).annotate(here=here).filter(here__startswith=F("path"))
    return Exists(restricted) | Exists(aliases)


def _remember(key: str, request: HttpRequest, path: str) -> None:
    """Go Wagtail's way, and keep where it led to; an address that a page itself takes apart is not kept."""
    route = Page.route_for_request(request, path)
    if route is None or route.args or route.kwargs:
        return
    page, site = route.page, Site.find_for_request(request)
    cache.set(key, Hint(site, page._meta.label, page.pk, page.url_path), KEPT_SECONDS)
