"""Components as tags; built-in to all templates, so nobody writes ``{% load theme %}``."""

import zlib
from collections.abc import Iterable
from functools import cache
from typing import Any

from django import template
from django.forms import BaseForm
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide

from theme.brand.current import Brand, current_brand

register = template.Library()

THEMES = ("light", "dark", "contrast")
DISC_COLOURS = 8
CHIP_ICONS = {"done": "check", "soon": "clock", "late": "triangle-alert", "info": "info"}
NOTICE_ICONS = {"success": "circle-check", "warning": "triangle-alert", "error": "circle-alert"}


@cache
def _drawn(name: str) -> SafeString:
    return conditional_escape(lucide(name, size=None, **{"class": "icon", "aria_hidden": "true", "focusable": "false"}))


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return the Lucide icon as inline SVG, hidden from screen readers: a word always stands beside it."""
    return _drawn(name)


@register.filter
def notice_icon(tags: str) -> str:
    """Return the icon's name for the tags of a message (``"success"``, ``"warning extra"``)."""
    return next((NOTICE_ICONS[tag] for tag in tags.split() if tag in NOTICE_ICONS), "info")


@register.inclusion_tag("components/ring.html")
def ring(done: float, total: float, label: str = "", size: str = "") -> dict[str, Any]:
    """Draw progress as a ring and say it in words: ``{% ring 3 8 "lessons done" %}`` reads "3 of 8 lessons done".

    ``size`` is empty, "small" (ring without the number inside) or "large".
    """
    share = max(0.0, min(1.0, done / total)) if total else 0.0
    return {
        "done": done,
        "total": total,
        "label": label,
        "size": size,
        "percent": round(share * 100),
        "complete": bool(total) and done >= total,
    }


@register.inclusion_tag("components/avatar.html")
def avatar(person: Any, size: str = "") -> dict[str, Any]:
    """Show a person's picture, else the initials on a coloured disc; ``size`` is empty, "small" or "large"."""
    name = str(person or _("Somebody"))
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    initials = "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
    return {
        "name": name,
        "initials": initials or "?",
        "picture": getattr(person, "picture_url", ""),
        "colour": zlib.crc32(name.encode()) % DISC_COLOURS,
        "size": size,
    }


@register.inclusion_tag("components/chip.html")
def chip(word: str, kind: str = "plain") -> dict[str, Any]:
    """Show one word with icon and colour; ``kind`` is done, soon, late, info or plain."""
    return {"word": word, "kind": kind, "icon_name": CHIP_ICONS.get(kind, "")}


@register.inclusion_tag("components/empty_state.html")
def empty_state(sentence: str, url: str = "", label: str = "", drawing: str = "empty") -> dict[str, Any]:
    """Say why a list is empty and what to do; ``drawing`` names a file of ``components/drawings/``."""
    return {"sentence": sentence, "url": url, "label": label, "drawing": f"components/drawings/{drawing}.svg"}


@register.inclusion_tag("components/form_summary.html")
def form_summary(form: BaseForm | None) -> dict[str, Any]:
    """List a form's errors on top, each with a link to its field; nothing while there are none."""
    if form is None or not form.is_bound or not form.errors:
        return {}
    vars(form)["errors_are_summed_up"] = True
    return {
        "general": form.non_field_errors(),
        "fields": [(field, field.errors) for field in form if field.errors and not field.is_hidden],
        "hidden": [(field, field.errors) for field in form.hidden_fields() if field.errors],
    }


@register.inclusion_tag("components/beads.html")
def beads(items: Iterable[Any], label: str = "") -> dict[str, Any]:
    """Show steps as beads on a thread.

    Each item (object or dict) has ``number``, ``state`` (done, now, late, missed or open), ``label`` and,
    where it leads somewhere, ``url``.
    """
    return {"items": items, "label": label}


@register.filter
def bead_word(state: str) -> str:
    """Return the word for a bead's state."""
    words = {
        "done": _("done"),
        "now": _("next"),
        "late": _("late"),
        "missed": _("not held"),
        "open": _("still to come"),
    }
    return words.get(state, "")


@register.simple_tag(takes_context=True)
def brand(context: Context) -> Brand:
    """Return the site's brand; the plain one where there is no request (error pages, mail)."""
    return current_brand(context.get("request"))


@register.simple_tag(takes_context=True)
def chosen_theme(context: Context) -> str:
    """Return the theme that the person chose (light, dark, contrast), or an empty word: as the device has it."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in THEMES else ""


class CaptureNode(template.Node):
    """Keeps what it holds for later instead of showing it."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: Context) -> SafeString:
        shown = self.nodelist.render(context)
        context[self.name] = shown if shown.strip() else ""
        return SafeString()


@register.tag
def capture(parser: Parser, token: Token) -> CaptureNode:
    """Keep a part of the page under a name: ``{% capture as heading %}…{% endcapture %}``, then ``{{ heading }}``."""
    parts: list[str | FilterExpression] = list(token.split_contents())
    if len(parts) != 3 or parts[1] != "as":
        raise template.TemplateSyntaxError("Write {% capture as name %}")
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(nodelist, str(parts[2]))
