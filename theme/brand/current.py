"""The brand that a request sees: read once, then kept in the cache until somebody saves another."""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.http import HttpRequest

from theme.brand.models import DEFAULT_ACCENT, BrandSettings

if TYPE_CHECKING:
    from wagtail.images.models import Image

KEPT_SECONDS = 600


@dataclass(frozen=True)
class Logo:
    """A picture as a page shows it; ``name`` is its text for those who cannot see it."""

    name: str
    src: str = ""
    width: int = 0
    height: int = 0
    url: str = ""


@dataclass(frozen=True)
class Brand:
    """What base.html and the mails show of the organisation. ``version`` changes with the stylesheet."""

    name: str = "Kyklos"
    tagline: str = ""
    logo: Logo | None = None
    footer_text: str = ""
    funding_notice: str = ""
    partners: tuple[Logo, ...] = ()
    stylesheet: str = ""
    version: str = "0"


def current_brand(request: HttpRequest | None) -> Brand:
    """Return the brand of the request's site; the plain one without a request."""
    if request is None:
        return Brand()
    kept = cache.get(_key(request))
    if isinstance(kept, Brand):
        return kept
    brand = _read(request)
    # The key is made anew: reading a site's brand for the first time creates it, and saving forgets all brands.
    cache.set(_key(request), brand, KEPT_SECONDS)
    return brand


def forget_brands() -> None:
    """Make the next request read the brand again."""
    cache.set("theme_brand:generation", _generation() + 1, None)


def _generation() -> int:
    return int(cache.get("theme_brand:generation", 0))


def _key(request: HttpRequest) -> str:
    host = hashlib.sha256(request.get_host().encode()).hexdigest()[:16]
    return f"theme_brand:{_generation()}:{host}"


def _read(request: HttpRequest) -> Brand:
    chosen = BrandSettings.for_request(request)
    stylesheet = "" if chosen.accent == DEFAULT_ACCENT else _stylesheet(chosen)
    return Brand(
        name=chosen.name,
        tagline=chosen.tagline,
        logo=_picture(chosen.name, chosen.logo, "max-320x80"),
        footer_text=chosen.footer_text,
        funding_notice=chosen.funding_notice,
        partners=tuple(
            _picture(partner.name, partner.logo, "max-240x64", partner.url) or Logo(partner.name, url=partner.url)
            for partner in chosen.partners.select_related("logo")
        ),
        stylesheet=stylesheet,
        version=hashlib.sha256(stylesheet.encode()).hexdigest()[:8],
    )


def _stylesheet(chosen: BrandSettings) -> str:
    light, dark = chosen.accent_on_paper.shown, chosen.accent_on_night.shown
    return f"@layer tokens {{ :root {{ --accent-light: {light}; --accent-dark: {dark}; }} }}\n"


def _picture(name: str, image: "Image | None", size: str, url: str = "") -> Logo | None:
    if image is None:
        return None
    drawn = image.get_rendition(size)
    return Logo(name, drawn.url, drawn.width, drawn.height, url)
