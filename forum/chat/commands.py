"""What a browser may ask through the socket, and what is answered.

A frame is a JSON object; ``do`` names the command::

    {"do": "resume", "seen": 41}                               what I missed since that revision of the room
    {"do": "post", "client_id": "…", "body": "…", "reply_to": 7}
    {"do": "edit", "message": 7, "body": "…"}
    {"do": "delete", "message": 7}
    {"do": "read", "message": 9}
    {"do": "typing"}
"""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from forum.chat import actions
from forum.chat.frames import encode, missed_frame
from forum.chat.models import Message, Room
from lms.errors import DomainError
from lms.people.models import User

BATCH = 200
"""Messages that one answer to ``resume`` brings at most."""
LARGEST_NUMBER = 2**63 - 1


class NotUnderstoodError(DomainError):
    code = "not_understood"
    text = _("The server did not understand this. Reload the page.")


class GoneError(DomainError):
    code = "gone"
    text = _("This message is not there any more.")


@dataclass(frozen=True)
class Resume:
    """Bring what came after revision ``seen``."""

    seen: int


@dataclass(frozen=True)
class Post:
    """Save a message; sent again with the same ``client_id`` it stays one."""

    client_id: UUID
    body: str
    reply_to: int | None


@dataclass(frozen=True)
class Edit:
    """Change one's own message."""

    message: int
    body: str


@dataclass(frozen=True)
class Delete:
    """Take one's own message back."""

    message: int


@dataclass(frozen=True)
class Read:
    """Remember that everything up to this message was seen."""

    message: int


@dataclass(frozen=True)
class Typing:
    """Tell the others that this person is writing."""


Command = Resume | Post | Edit | Delete | Read | Typing


def decode(text: str) -> Command:
    """Return the command that a frame holds. Raises ``NotUnderstoodError`` (not_understood)."""
    try:
        match json.loads(text):
            case {"do": "resume", "seen": int(seen)}:
                return Resume(_number(seen))
            case {"do": "post", "client_id": str(client_id), "body": str(body), **rest}:
                answered = rest.get("reply_to")
                return Post(UUID(client_id), body, None if answered is None else _number(answered))
            case {"do": "edit", "message": int(message), "body": str(body)}:
                return Edit(_number(message), body)
            case {"do": "delete", "message": int(message)}:
                return Delete(_number(message))
            case {"do": "read", "message": int(message)}:
                return Read(_number(message))
            case {"do": "typing"}:
                return Typing()
    except (ValueError, RecursionError):
        raise NotUnderstoodError
    raise NotUnderstoodError


def _number(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value <= LARGEST_NUMBER:
        raise ValueError(value)
    return value


def perform(command: Command, room: Room, user: User) -> str:
    """Carry the command out for the person and return the answer's frame, empty for none. Reads the database.

    Raises ``GoneError`` (gone) and what the action raises.
    """
    match command:
        case Resume(seen):
            return missed(room, seen)
        case Post(client_id, body, reply_to):
            answered = None if reply_to is None else _message(room, reply_to)
            saved = actions.post_message(room, actor=user, body=body, client_id=client_id, reply_to=answered)
            return encode("saved", client_id=client_id, message=saved.pk)
        case Edit(message, body):
            actions.edit_message(_message(room, message), actor=user, body=body)
            return encode("changed", message=message)
        case Delete(message):
            actions.delete_message(_message(room, message), actor=user)
            return encode("changed", message=message)
        case Read(message):
            actions.mark_read(room, actor=user, message_id=message)
    return ""


def missed(room: Room, seen: int) -> str:
    """Return the frame with what changed in the room after that revision, in the order it happened."""
    # Asked before the messages: a change in between is then brought twice rather than not at all.
    revision = Room.objects.values_list("revision", flat=True).get(pk=room.pk)
    found = list(Message.objects.filter(room=room).after_revision(seen).with_people()[: BATCH + 1])
    messages = found[:BATCH]
    more = len(found) > BATCH
    newest = messages[-1].revision if messages else revision
    return missed_frame(messages, newest if more else max(newest, revision), more=more)


def _message(room: Room, pk: int) -> Message:
    message = Message.objects.filter(room=room, pk=pk).select_related("room").first()
    if message is None:
        raise GoneError
    return message
