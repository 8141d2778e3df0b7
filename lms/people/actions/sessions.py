"""Where people are signed in, and signing them out there."""

from datetime import datetime
from functools import partial
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from lms.journal.actions import record
from lms.people.models import OpenSession, User
from lms.people.signals import session_ended


def note_session(user: User, *, key: str, device: str, at: datetime) -> OpenSession:
    """Remember that a person was in this session just now; a session that was not known becomes so."""
    seen = {"user": user, "auth_hash": user.get_session_auth_hash(), "device": device[:120], "seen_at": at}
    session, _new = OpenSession.objects.update_or_create(
        key=key, defaults=seen, create_defaults=seen | {"began_at": at}
    )
    return session


@transaction.atomic
def end_session(session: OpenSession, *, actor: User, at: datetime) -> None:
    """Sign a person out in one browser; its sockets close."""
    record("ended", session.user, actor=actor, data={"device": session.device}, at=at)
    _drop(session)


@transaction.atomic
def end_all_sessions(user: User, *, actor: User, at: datetime, but: str | None = None) -> None:
    """Sign a person out everywhere, also where nobody knew of a session; every socket closes.

    The session with the key ``but`` stays where it is; its request must give it the person's new hash.
    """
    user.session_round = F("session_round") + 1
    user.save(update_fields=["session_round"])
    user.refresh_from_db(fields=["session_round"])
    for session in OpenSession.objects.filter(user=user).exclude(key=but or ""):
        _drop(session)
    record("ended", user, actor=actor, data={"everywhere": True, "here": but is None}, at=at)


def remove_ended_sessions(at: datetime) -> int:
    """Forget sessions that have expired or gone; return how many."""
    ended = OpenSession.objects.ended(at)
    removed, _rows = ended.delete()
    return removed


def _drop(session: OpenSession) -> None:
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore()
    store.delete(session.key)
    session.delete()
    transaction.on_commit(partial(session_ended.send, sender=OpenSession, key=session.key))
