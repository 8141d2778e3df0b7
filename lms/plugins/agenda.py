"""What is due, and what people are told."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from lms.plugins.point import HookPoint, Text

if TYPE_CHECKING:
    from lms.people.models import User


@dataclass(frozen=True)
class AgendaItem:
    """Something that a person has to do: what, why, until when, and the one button that leads there.

    ``key`` is unique for the person and stable between requests. ``due`` is an aware time or None for "when you can".
    ``weight`` orders items without a date: higher comes first.
    """

    key: str
    title: Text
    url: str
    action: Text
    why: Text = ""
    due: datetime | None = None
    about: Text = ""
    weight: int = 0
    done: bool = False


@dataclass(frozen=True)
class AgendaSource:
    """Finds what is due for a person as of a time; reads in a fixed number of queries.

    ``concerns`` returns rows without which the person has nothing due here, of one or several tables: one query looks
    for the rows of all sources, and a source without any is not asked. None as its answer, or no such function: ask.
    """

    name: str
    items_for: Callable[["User", datetime], Iterable[AgendaItem]]
    concerns: Callable[["User"], Sequence[QuerySet[Any]] | None] | None = None


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice that a person can be sent, and can switch off for mail."""

    name: str
    label: Text
    icon: str = "bell"
    mail: bool = True


AGENDA_SOURCES = HookPoint("register_agenda_sources", AgendaSource, "What is due, for whom, until when.")
NOTICE_KINDS = HookPoint("register_notice_kinds", NoticeKind, "Kinds of notices.")
