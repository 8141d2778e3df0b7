"""Which licences may go into one work together: plain rules that know no database.

*Source:* Creative Commons, "Can I combine material under different Creative Commons licenses in my work?" (FAQ).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Reason = Literal["", "no_changes", "two_share_alikes", "sells_against_non_commercial"]


@dataclass(frozen=True)
class Terms:
    """What a licence asks of those who build on the work."""

    code: str
    changes: bool
    share_alike: bool
    commercial: bool


def why_not(first: Terms, second: Terms) -> Reason:
    """Return why an adaptation may not hold both works, or an empty string when it may.

    ``no_changes``: one of them forbids adaptations. ``two_share_alikes``: both ask for their own licence.
    ``sells_against_non_commercial``: one asks for its licence, which permits the sale that the other forbids.
    """
    if not (first.changes and second.changes):
        return "no_changes"
    if first.code == second.code:
        return ""
    if first.share_alike and second.share_alike:
        return "two_share_alikes"
    for one, other in ((first, second), (second, first)):
        if one.share_alike and one.commercial and not other.commercial:
            return "sells_against_non_commercial"
    return ""


def combined(terms: Sequence[Terms]) -> Reason:
    """Return the first reason why these works may not be combined, looking at every two of them."""
    pairs = ((one, other) for place, one in enumerate(terms) for other in terms[place + 1 :])
    return next((reason for one, other in pairs if (reason := why_not(one, other))), "")
