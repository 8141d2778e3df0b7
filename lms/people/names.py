"""User names made from people's names."""

import re
from itertools import count

from anyascii import anyascii

from lms.people.models import User


def free_username(first_name: str, last_name: str) -> str:
    """Return a user name such as "maria.papadopoulou" in plain letters, with a number where it is taken."""
    wanted = ".".join(part for part in map(_letters, (first_name, last_name)) if part)[:120] or "person"
    taken = set(User.objects.filter(username__istartswith=wanted).values_list("username", flat=True))
    lower = {name.lower() for name in taken}
    numbered = (f"{wanted}{number}" for number in count(2))
    return wanted if wanted not in lower else next(name for name in numbered if name not in lower)


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", anyascii(name).lower())
