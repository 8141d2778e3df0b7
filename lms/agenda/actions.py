"""Reading the one agenda out of every room's source."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import Exists, Q

from lms.people.models import User
from lms.plugins import AGENDA_SOURCES, DASHBOARD_CARDS, AgendaItem, AgendaSource, DashboardCard, ask_each

Entry = TypeVar("Entry", AgendaSource, DashboardCard)


def agenda_for(user: User, at: datetime) -> list[AgendaItem]:
    """Return what ``user`` has to do as of ``at``: what is due first stands first, then the rest by weight."""
    sources = _concerning(AGENDA_SOURCES.collect(), user)
    found = ask_each(sources, lambda source: list(source.items_for(user, at)))
    return sorted((item for items in found for item in items if not item.done), key=_order)


def _concerning(entries: Sequence[Entry], user: User) -> list[Entry]:
    """Leave out the entries for which the person has no rows, found in one query for all of them."""
    rows = {n: found for n, e in enumerate(entries) if e.concerns and (found := e.concerns(user)) is not None}
    looks = {f"concerns_{n}": reduce(or_, map(Q, map(Exists, tables))) for n, tables in rows.items()}
    there = User.objects.filter(pk=user.pk).values(**looks).get() if looks else {}
    return [entry for n, entry in enumerate(entries) if there.get(f"concerns_{n}", True)]


def _order(item: AgendaItem) -> tuple[bool, float, int, str]:
    due = item.due.timestamp() if item.due else 0.0
    return (item.due is None, due, -item.weight, item.key)


@dataclass(frozen=True)
class ShownCard:
    """A dashboard card with what it shows."""

    template: str
    context: dict[str, Any]
    wide: bool = False


def cards_for(user: User, at: datetime) -> list[ShownCard]:
    """Return the cards that have something for ``user`` as of ``at``, in their order."""
    cards = sorted(_concerning(DASHBOARD_CARDS.collect(), user), key=lambda card: card.order)
    found = ask_each(cards, lambda card: (card, card.context_for(user, at)))
    return [ShownCard(card.template, context, card.wide) for card, context in found if context is not None]
