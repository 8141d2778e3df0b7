"""Comparing the name typed as a signature with a person's name."""

import unicodedata


def plain(name: str) -> str:
    """Return a name without capitals, accents, full stops, and doubled or odd spaces."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(" " if sign in ".,-'’" else sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(kept.split())


def is_same_name(typed: str, full_name: str) -> bool:
    """Return whether both are the same name, in whichever order its words stand."""
    return bool(plain(typed)) and sorted(plain(typed).split()) == sorted(plain(full_name).split())
