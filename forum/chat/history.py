"""The messages of one page: the newest, or those before one that is named."""

from dataclasses import dataclass

from django.http import QueryDict

from forum.chat.models import Message, Room

MESSAGES = 50


@dataclass(frozen=True)
class MessagePage:
    """Messages, the oldest first. ``before`` names where the page above ends; ``newest`` is true at the end."""

    messages: list[Message]
    before: int | None
    newest: bool


def message_page(room: Room, query: QueryDict) -> MessagePage:
    """Return the messages before ``?before=`` (an id), else the newest."""
    messages = Message.objects.filter(room=room).with_people()
    before = query.get("before", "")
    known = before.isascii() and before.isdigit() and len(before) <= 18
    found = list((messages.filter(pk__lt=int(before)) if known else messages).order_by("-pk")[: MESSAGES + 1])
    shown = found[:MESSAGES][::-1]
    return MessagePage(shown, shown[0].pk if len(found) > MESSAGES else None, not known)
