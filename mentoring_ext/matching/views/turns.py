"""One answer after the other, where each is dear to work out."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache

LONGEST = 60
"""After so many seconds a turn is over, even when its process did not come to an end."""


@contextmanager
def taking_turns(name: str) -> Iterator[bool]:
    """Hold the turn of this name for the block; yield whether it was free."""
    is_free = cache.add(name, True, LONGEST)
    try:
        yield is_free
    finally:
        if is_free:
            cache.delete(name)
