"""Drawing charts so that the theme's style sheet colours them and the page's strict policy lets them through."""

from typing import Any
from xml.etree import ElementTree

NOT_OURS = {"style", "script", "desc", "title"}
"""Elements of pygal that carry its own colours and its tooltips."""


class Drawing(str):
    """A chart as inline SVG without style, script and fixed size; the XML writer has escaped all its texts."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def draw(chart: Any, label: str) -> Drawing:
    """Turn a pygal chart into a ``Drawing``; ``label`` tells a screen reader what it shows."""
    root = chart.render_tree()
    for parent in list(root.iter()):
        for child in list(parent):
            if _is_not_ours(child):
                parent.remove(child)
    root.attrib.pop("id", None)
    root.attrib.update({"class": "chart", "role": "img", "aria-label": label})
    return Drawing(_as_text(root))


def _is_not_ours(element: Any) -> bool:
    is_comment = not isinstance(element.tag, str)
    return is_comment or element.tag.rpartition("}")[2] in NOT_OURS or "tooltip-overlay" in element.get("class", "")


def _as_text(root: Any) -> str:
    if hasattr(root, "nsmap"):
        from lxml import etree

        return str(etree.tostring(root, encoding="unicode"))
    return ElementTree.tostring(root, encoding="unicode")
