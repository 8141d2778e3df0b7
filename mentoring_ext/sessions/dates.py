"""When a group's sessions are: a rhythm out of the first one."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo


def rhythm(first_at: datetime, every_days: int, count: int, zone: ZoneInfo) -> list[datetime]:
    """Return ``count`` times, ``every_days`` days apart, at the same hour on the clock of ``zone``.

    The hour stays the same over the change to and from summer time.
    """
    first = first_at.astimezone(zone).replace(tzinfo=None)
    return [(first + timedelta(days=every_days * number)).replace(tzinfo=zone) for number in range(count)]


def first_out_of_order(times: Sequence[datetime]) -> int | None:
    """Return the place (from 0) of the first time that is not after the one before, or None."""
    later = ((place, after > before) for place, (before, after) in enumerate(pairwise(times), start=1))
    return next((place for place, fits in later if not fits), None)
