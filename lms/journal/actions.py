"""Writing into the journal."""

from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from lms.journal.models import Entry
from lms.journal.vocabulary import VERBS
from lms.people.models import User


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
    if verb not in VERBS:
        raise ValueError(f"{verb!r} is not a verb of lms.journal.vocabulary")
    return Entry.objects.create(
        actor=actor,
        verb=verb,
        object=thing,
        object_text=str(thing)[:250],
        context=context,
        data=data or {},
        at=at or timezone.now(),
    )
