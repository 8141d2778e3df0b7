"""Taking people's names out of a text before others read it."""

import re
from collections.abc import Iterable

HIDDEN = "[…]"
ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)*")
LONG = 3
"""Shorter names are common words in small letters: "an", "so"."""


def names_of(people: Iterable[tuple[str, ...]], *, shortest: int = LONG) -> list[str]:
    """Return every part of these people's names that is long enough to be told from a common word."""
    parts = {part for told in people for name in told for part in _parts(name)}
    return sorted((part for part in parts if len(part) >= shortest), key=len, reverse=True)


def _parts(name: str) -> list[str]:
    """Return the words of a name; of one with a hyphen the whole and both halves, as either is used alone."""
    return [part for word in name.split() for part in {word, *word.split("-")}]


def hide_names(text: str, names: Iterable[str], *, any_case: bool = False) -> str:
    """Return ``text`` with each of ``names`` that stands there as a word of its own replaced by ``[…]``.

    Only a capital letter makes a name: "will" and "rose" stay, "Will" and "Rose" go. With ``any_case`` they all go, but
    for small words of two letters.
    """
    wanted = [re.escape(name) for name in names]
    if any_case:
        wanted = [f"(?i:{name})" if len(name) >= LONG else f"{name}|{name.upper()}" for name in wanted]
    if not wanted:
        return text
    return _together(re.sub(rf"(?<!\w)(?:{'|'.join(wanted)})(?!\w)", HIDDEN, text))


def hide_addresses(text: str) -> str:
    """Return ``text`` with every e-mail address replaced by ``[…]``, whoever's it is."""
    return _together(ADDRESS.sub(HIDDEN, text))


def _together(text: str) -> str:
    """Return ``text`` with names that stood one after the other as one."""
    return re.sub(rf"{re.escape(HIDDEN)}(?:\s+{re.escape(HIDDEN)})+", HIDDEN, text)
