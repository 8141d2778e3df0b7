"""User names made from people's names."""

import re
import secrets
from collections import Counter
from collections.abc import Sequence
from itertools import count

from anyascii import anyascii
from django.db.models.functions import Lower

from lms.people.models import User

BATCH = 1_000
SPARE = 20
"""How many numbers after a name are looked at beyond those that the list itself needs."""


def free_username(first_name: str, last_name: str) -> str:
    """Return a user name such as "maria.papadopoulou" in plain letters, with a number where it is taken."""
    wanted = _base(first_name, last_name)
    taken = set(User.objects.filter(username__istartswith=wanted).values_list("username", flat=True))
    lower = {name.lower() for name in taken}
    numbered = (f"{wanted}{number}" for number in count(2))
    return wanted if wanted not in lower else next(name for name in numbered if name not in lower)


def free_usernames(people: Sequence[tuple[str, str, str]]) -> list[str]:
    """Return a user name for each (wanted user name or nothing, first name, last name), all different and free.

    A wanted one is taken as it is. A few queries for thousands of people.
    """
    given = {wanted.lower() for wanted, _first, _last in people if wanted}
    bases = [wanted or _base(first, last) for wanted, first, last in people]
    often = Counter(bases)
    candidates = {name for base, times in often.items() for name in _numbered(base, times + SPARE)}
    taken = given | _taken(sorted(candidates))
    return [
        wanted or _next_free(base, taken, often[base])
        for (wanted, _first, _last), base in zip(people, bases, strict=True)
    ]


def _base(first_name: str, last_name: str) -> str:
    return ".".join(part for part in map(_letters, (first_name, last_name)) if part)[:120] or "person"


def _numbered(base: str, times: int) -> list[str]:
    return [base, *(f"{base}{number}" for number in range(2, times + 2))]


def _next_free(base: str, taken: set[str], times: int) -> str:
    name = next((name for name in _numbered(base, times + SPARE) if name not in taken), "")
    # So many have this name already that the look above was too short.
    name = name or f"{base}.{secrets.token_hex(4)}"
    taken.add(name)
    return name


def _taken(names: list[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(names), BATCH):
        some = User.objects.alias(lower=Lower("username")).filter(lower__in=names[start : start + BATCH])
        found |= {name.lower() for name in some.values_list("username", flat=True)}
    return found


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", anyascii(name).lower())
