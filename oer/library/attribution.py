"""The attribution line of a resource: plain text built from what the resource says about itself.

*Source:* Creative Commons, recommended practices for attribution (title, author, source, licence).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Credit:
    """What an attribution line is built from; ``source`` is empty for a work of one's own."""

    title: str
    authors: str
    licence: str
    source: str = ""


def attribution_line(credit: Credit) -> str:
    """Return the line in the order title, authors, source, licence; what is unknown is left out."""
    parts = [f"“{credit.title}”"]
    if credit.authors:
        parts.append(f"by {credit.authors}")
    line = " ".join(parts)
    if credit.source:
        line += f", based on {credit.source}"
    return f"{line}. Licence: {credit.licence}."
