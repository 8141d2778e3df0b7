"""Reading the one agenda out of every room's source."""

from datetime import datetime

from lms.people.models import User
from lms.plugins import AGENDA_SOURCES, AgendaItem


def agenda_for(user: User, at: datetime) -> list[AgendaItem]:
    """Return what ``user`` has to do as of ``at``: what is due first stands first, then the rest by weight."""
    items = [item for source in AGENDA_SOURCES.collect() for item in source.items_for(user, at) if not item.done]
    return sorted(items, key=_order)


def _order(item: AgendaItem) -> tuple[bool, float, int, str]:
    due = item.due.timestamp() if item.due else 0.0
    return (item.due is None, due, -item.weight, item.key)
