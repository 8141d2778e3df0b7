"""What a hook point is, and how the functions that are registered there are asked."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.utils.functional import Promise
from wagtail import hooks

Text = str | Promise
Kind = TypeVar("Kind")
Answer = TypeVar("Answer")
logger = logging.getLogger("lms.plugins")


@dataclass(frozen=True)
class HookPoint(Generic[Kind]):
    """A named place where rooms add something: every registered function returns ``kind`` or a list of ``kind``."""

    name: str
    kind: type[Kind]
    text: str

    def collect(self) -> list[Kind]:
        """Return what all rooms registered here, in the order of registration.

        Raises ``TypeError`` when a registered function returns anything but this hook point's kind.
        """
        found: list[Kind] = []
        for register in hooks.get_hooks(self.name):
            returned = register()
            entries = returned if isinstance(returned, (list, tuple)) else [returned]
            for entry in entries:
                if not isinstance(entry, self.kind):
                    raise TypeError(f"{register.__module__}.{register.__name__} must return {self.kind.__name__}")
                found.append(entry)
        return found


def ask_each(entries: Iterable[Kind], question: Callable[[Kind], Answer]) -> list[Answer]:
    """Put a question to each entry and return the answers: an entry that raises is left out, and logged.

    For what a page only shows, so that one broken plugin does not take the page away. Whatever decides over rights,
    duties or privacy uses ``collect`` alone and fails as a whole.
    """
    answers = []
    for entry in entries:
        try:
            answers.append(question(entry))
        except Exception:
            # A plugin may break in any way; the log says how.
            logger.exception("Left out, because it failed: %r", entry)
    return answers
