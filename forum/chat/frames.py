"""What travels through a socket: JSON texts, each encoded once for everybody who gets it."""

import json
from collections.abc import Iterable
from typing import Any

from django.utils.text import Truncator

from forum.chat.models import Message
from lms.people.models import User


def encode(kind: str, **content: Any) -> str:
    """Return the frame of that kind as text."""
    return json.dumps({"type": kind, **content}, ensure_ascii=False, separators=(",", ":"), default=str)


def message_data(message: Message) -> dict[str, Any]:
    """Return what a browser needs to draw the message; fetch it ``with_people``."""
    answered = message.reply_to
    return {
        "id": message.pk,
        "revision": message.revision,
        "client_id": message.client_id,
        "sender": message.sender_id,
        "name": name_of(message.sender),
        "body": message.body,
        "reply_to": answered and {"id": answered.pk, "name": name_of(answered.sender), "body": excerpt(answered)},
        "sent_at": message.sent_at.isoformat(),
        "edited": message.edited_at is not None,
        "deleted": message.deleted_at is not None,
    }


def message_frame(message: Message) -> str:
    """Return the frame that brings one message, new or changed."""
    return encode("message", message=message_data(message))


def missed_frame(messages: Iterable[Message], revision: int, *, more: bool) -> str:
    """Return the frame that brings what a reader missed, up to that revision; ``more`` says to ask again."""
    return encode("missed", messages=[message_data(message) for message in messages], revision=revision, more=more)


def name_of(person: User | None) -> str:
    """Return how a sender is called; empty for somebody whose account is gone."""
    return "" if person is None else str(person)


def excerpt(message: Message) -> str:
    """Return the first words of a message."""
    return Truncator(message.body).words(16) or "…"
