"""A person's journal entries: exported whole; erased by taking the name away, so that counts stay."""

from typing import Any

from wagtail import hooks

from lms.journal.models import Entry
from lms.people.models import User
from lms.plugins import PRIVACY_HANDLERS, PrivacyHandler


@hooks.register(PRIVACY_HANDLERS.name)
def journal() -> PrivacyHandler:
    return PrivacyHandler(name="journal", models=["lms_journal.Entry"], export=export, erase=erase)


def export(user: User) -> dict[str, Any]:
    rows = Entry.objects.filter(actor=user).values("verb", "object_text", "at")
    return {"deeds": [row | {"at": row["at"].isoformat()} for row in rows]}


def erase(user: User) -> None:
    Entry.objects.filter(actor=user).update(actor=None)
