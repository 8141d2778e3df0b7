"""Reading the one agenda out of every room's source."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.people.models import User
from lms.plugins import AGENDA_SOURCES, DASHBOARD_CARDS, AgendaItem, ask_each


def agenda_for(user: User, at: datetime) -> list[AgendaItem]:
    """Return what ``user`` has to do as of ``at``: what is due first stands first, then the rest by weight."""
    found = ask_each(AGENDA_SOURCES.collect(), lambda source: list(source.items_for(user, at)))
    return sorted((item for items in found for item in items if not item.done), key=_order)


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
    cards = sorted(DASHBOARD_CARDS.collect(), key=lambda card: card.order)
    found = ask_each(cards, lambda card: (card, card.context_for(user, at)))
    return [ShownCard(card.template, context, card.wide) for card, context in found if context is not None]
