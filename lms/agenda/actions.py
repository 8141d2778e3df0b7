"""Reading the one agenda out of every room's source."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.people.models import User
from lms.plugins import AGENDA_SOURCES, DASHBOARD_CARDS, AgendaItem


def agenda_for(user: User, at: datetime) -> list[AgendaItem]:
    """Return what ``user`` has to do as of ``at``: what is due first stands first, then the rest by weight."""
    items = [item for source in AGENDA_SOURCES.collect() for item in source.items_for(user, at) if not item.done]
    return sorted(items, key=_order)


def _order(item: AgendaItem) -> tuple[bool, float, int, str]:
    due = item.due.timestamp() if item.due else 0.0
    return (item.due is None, due, -item.weight, item.key)


@dataclass(frozen=True)
class ShownCard:
    """A dashboard card with what it shows."""

    template: str
    context: dict[str, Any]


def cards_for(user: User, at: datetime) -> list[ShownCard]:
    """Return the cards that have something for ``user`` as of ``at``, in their order."""
    shown = []
    for card in sorted(DASHBOARD_CARDS.collect(), key=lambda card: card.order):
        context = card.context_for(user, at)
        if context is not None:
            shown.append(ShownCard(card.template, context))
    return shown
