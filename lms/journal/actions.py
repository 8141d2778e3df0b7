"""Writing into the journal."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from lms.journal.models import Entry
from lms.journal.vocabulary import VERBS
from lms.people.models import User

BATCH = 500


def record(
    verb: str,
    thing: Model,
    *,
    actor: User | None,
    context: Model | None = None,
    data: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> Entry:
    """Write that ``actor`` did ``verb`` to ``thing``; ``actor`` is None for the system or a person without account.

    Raises ``ValueError`` for a verb that the vocabulary does not have.
    """
    entry = _entry(verb, thing, actor=actor, context=context, data=data or {}, at=at or timezone.now())
    entry.save(force_insert=True)
    return entry


def record_each(
    verb: str,
    things: Iterable[tuple[Model, dict[str, Any]]],
    *,
    actor: User | None,
    context: Model | None = None,
    at: datetime,
) -> None:
    """Write an entry for each thing, with what is worth keeping of it, in a few statements for thousands.

    Raises ``ValueError`` for a verb that the vocabulary does not have.
    """
    entries = [_entry(verb, thing, actor=actor, context=context, data=data, at=at) for thing, data in things]
    Entry.objects.bulk_create(entries, batch_size=BATCH)


def _entry(
    verb: str, thing: Model, *, actor: User | None, context: Model | None, data: dict[str, Any], at: datetime
) -> Entry:
    if verb not in VERBS:
        raise ValueError(f"{verb!r} is not a verb of lms.journal.vocabulary")
    return Entry(
        actor=actor,
        verb=verb,
        object=thing,
        object_text=str(thing)[:250],
        context=context,
        data=data,
        at=at,
    )
