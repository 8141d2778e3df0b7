"""A group's sessions as beads on a thread."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from mentoring_ext.sessions.models import Session


@dataclass(frozen=True)
class Bead:
    """One session on the thread. ``state`` is done, late (over and not registered), now (the next one) or open."""

    number: int
    state: str
    label: str
    url: str


def beads_of(sessions: Iterable[Session], at: datetime) -> list[Bead]:
    """Return a bead for each session, which come with their plans, in their order."""
    beads, next_found = [], False
    for session in sessions:
        state = "done" if session.is_held else "late" if session.ends_at <= at else "open"
        if state == "open" and not next_found:
            state, next_found = "now", True
        day = date_format(timezone.localtime(session.starts_at), "j F")
        beads.append(Bead(session.number, state, f"{session.plan.title}, {day}", session.get_absolute_url()))
    return beads
