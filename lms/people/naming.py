"""What people are called for the time of a response, where their names must not tell who they are.

As with Django's translations, the setting holds for everything that is said meanwhile: pages, messages, errors,
choices of forms, answers in JSON. ``str(person)`` is the only way in which a page names somebody, so nobody has to be
asked twice, and a new page cannot forget it. What is fetched by its own field (``first_name``, ``email``, ``username``)
is not covered.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

_called: ContextVar[Mapping[int, str]] = ContextVar("called", default=MappingProxyType({}))


@contextmanager
def calling(names: Mapping[int, str]) -> Iterator[None]:
    """Call the people with these keys by these names until the block ends; an empty mapping gives all names back."""
    token = _called.set(names)
    try:
        yield
    finally:
        _called.reset(token)


def names_in_force() -> Mapping[int, str]:
    """Return what people are called now in place of their names, by their keys."""
    return _called.get()
