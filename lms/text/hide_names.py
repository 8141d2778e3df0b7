"""Taking people's names out of a text before others read it."""

import re
from collections.abc import Iterable

HIDDEN = "[…]"


def names_of(people: Iterable[tuple[str, str]]) -> list[str]:
    """Return every part of these first and last names that is long enough to be told from a common word."""
    parts = {part for first, last in people for part in f"{first} {last}".split()}
    return sorted((part for part in parts if len(part) > 2), key=len, reverse=True)


def hide_names(text: str, names: Iterable[str]) -> str:
    """Return ``text`` with each of ``names`` that stands there as a word of its own replaced by ``[…]``.

    Only a capital letter makes a name: "will" and "rose" stay, "Will" and "Rose" go.
    """
    wanted = [re.escape(name) for name in names]
    if not wanted:
        return text
    hidden = re.sub(rf"\b(?:{'|'.join(wanted)})\b", HIDDEN, text)
    return re.sub(rf"{re.escape(HIDDEN)}(?:\s+{re.escape(HIDDEN)})+", HIDDEN, hidden)
