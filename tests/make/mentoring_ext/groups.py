"""Makers of groups, their agreements and their sessions."""

from datetime import date, datetime, timedelta
from typing import Any

from mentoring_ext.agreements.actions import Terms, write_agreement
from mentoring_ext.agreements.models import Agreement
from mentoring_ext.groups.actions import open_group
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.programmes.models import (
    Cohort,
    Phase,
    Role,
)
from mentoring_ext.sessions.actions import register_session, schedule_sessions
from mentoring_ext.sessions.models import Session
from tests.make.mentoring_ext.programmes import make_cohort, make_member
from tests.make.times import JANUARY


def make_group(cohort: Cohort | None = None, *, mentees: int = 2, **fields: Any) -> MentoringGroup:
    """Make a group of the cohort with a mentor, so many mentees, a chat room and a board."""
    cohort = cohort or make_cohort(phase=Phase.Code.INTRODUCTION)
    mentor = fields.pop("mentor", None) or make_member(cohort, Role.MENTOR)
    people = [make_member(cohort, Role.MENTEE) for _place in range(mentees)]
    return open_group(cohort, mentor=mentor, mentees=people, actor=fields.pop("actor", mentor), at=JANUARY)


def make_agreement(group: MentoringGroup | None = None, **terms: Any) -> Agreement:
    """Make an agreement that nobody has signed."""
    group = group or make_group()
    words = ("frequency", "place", "goals", "responsibilities", "contact_limits", "rules", "privacy")
    defaults: dict[str, Any] = {word: f"About {word}." for word in words}
    defaults |= {"starts_on": date(2026, 1, 12), "ends_on": date(2026, 4, 12), "format": "online"}
    defaults |= {"session_count": 12, "session_minutes": 90}
    return write_agreement(group, actor=group.mentor, terms=Terms(**defaults | terms), at=JANUARY)


def make_sessions(group: MentoringGroup | None = None, *, first_at: datetime = JANUARY) -> list[Session]:
    """Make all sessions of a group, a week apart from ``first_at``."""
    group = group or make_group()
    return schedule_sessions(group, actor=group.mentor, first_at=first_at)


def register(session: Session, **fields: Any) -> Session:
    """Register a session as held, with everybody there, two hours after it began."""
    group = session.group
    defaults: dict[str, Any] = {
        "actor": group.mentor,
        "starts_at": session.starts_at,
        "minutes": 90,
        "format": "online",
        "place": "",
        "description": "We worked.",
        "outcomes": list(session.plan.outcomes.all()),
        "attendance": dict.fromkeys(group.people()[1:], True),
        "occurrences": "",
        "at": session.starts_at + timedelta(hours=2),
    }
    return register_session(session, **defaults | fields)
