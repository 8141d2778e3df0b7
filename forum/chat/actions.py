"""What people do in chat rooms. Every change counts one up in ``Room.revision`` under the room's row lock.

The lock also makes messages of a room visible in the order of their ids: without it, PostgreSQL could show a reader
message 8 before message 7 is committed, and the reader would never ask for 7.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from forum.boards.models import Board
from forum.chat.errors import (
    DeletedMessageError,
    EmptyMessageError,
    LongMessageError,
    NothingSharedError,
    NotInRoomError,
    NotYourMessageError,
    ReplyElsewhereError,
)
from forum.chat.frames import encode, message_frame, name_of
from forum.chat.hub import hub
from forum.chat.models import Message, Room, RoomMember
from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import User

LONGEST = 4_000


@transaction.atomic
def open_room(title: str, *, actor: User | None, kind: str, members: Iterable[User]) -> Room:
    """Open a room of that kind for ``members``."""
    room = Room.objects.create(title=title, kind=kind)
    record("created", room, actor=actor)
    return set_room_members(room, members, actor=actor)


@transaction.atomic
def open_personal_room(other: User, *, actor: User, introduced: bool = False) -> Room:
    """Return the room of these two people, opened at their first word.

    ``introduced`` says that both agreed to talk, so that they need not share a place.
    Raises ``NothingSharedError`` (nothing_shared) for people who share neither a room nor a closed board.
    """
    pair = "-".join(str(pk) for pk in sorted((actor.pk, other.pk)))
    room = Room.objects.filter(pair=pair).first()
    if room is not None:
        return room
    if actor == other or not (introduced or share_a_place(actor, other)):
        raise NothingSharedError
    room, created = Room.objects.get_or_create(pair=pair, defaults={"kind": Room.Kind.PERSONAL})
    if created:
        record("created", room, actor=actor)
        set_room_members(room, [actor, other], actor=actor)
    return room


def share_a_place(one: User, other: User) -> bool:
    """Return whether both belong to one room, or to one closed board."""
    rooms = Room.objects.exclude(kind=Room.Kind.OPEN).of(one).of(other)
    boards = Board.objects.filter(access=Board.Access.CLOSED, memberships__user=one)
    return rooms.exists() or boards.filter(pk__in=other.board_memberships.values("board")).exists()


@transaction.atomic
def set_room_members(room: Room, users: Iterable[User], *, actor: User | None) -> Room:
    """Make ``users`` the people of the room. The sockets of those who leave are closed."""
    Room.objects.select_for_update().get(pk=room.pk)
    wanted = {user.pk for user in users}
    there = set(room.memberships.filter(left_at=None).values_list("user_id", flat=True))
    joined, left = sorted(wanted - there), sorted(there - wanted)
    if not joined and not left:
        return room
    room.memberships.filter(user__in=left).update(left_at=timezone.now())
    room.memberships.filter(user__in=joined).update(left_at=None)
    RoomMember.objects.bulk_create(
        [RoomMember(room=room, user_id=pk) for pk in joined], ignore_conflicts=True
    )  # those who come back have a row
    record("changed", room, actor=actor, data={"joined": joined, "left": left})
    transaction.on_commit(partial(hub.recheck, left))
    return room


@transaction.atomic
def post_message(
    room: Room,
    *,
    actor: User,
    body: str,
    client_id: UUID,
    reply_to: Message | None = None,
    at: datetime | None = None,
) -> Message:
    """Save a message and bring it to the room. Sent again with the same ``client_id`` it stays one message.

    Raises ``NotInRoomError`` (not_in_room), ``EmptyMessageError`` (empty), ``LongMessageError`` (too_long, above
    4,000 characters) and ``ReplyElsewhereError`` (reply_elsewhere).
    """
    body = checked_body(body)
    if reply_to is not None and reply_to.room_id != room.pk:
        raise ReplyElsewhereError
    room = _locked_for(room, actor)
    known = Message.objects.with_people().filter(room=room, sender=actor, client_id=client_id).first()
    if known is not None:
        return known
    message = Message(room=room, sender=actor, client_id=client_id, body=body, reply_to=reply_to)
    message.sent_at = at or timezone.now()
    _save_change(room, message)
    record("posted", message, actor=actor, context=room, at=message.sent_at)
    _tell_those_away(message)
    RoomMember.objects.filter(room=room, user=actor).update(last_read_id=message.pk)
    return message


def checked_body(body: str) -> str:
    """Return the text of a message as it is stored: trimmed, without characters that no text has.

    Raises ``EmptyMessageError`` and ``LongMessageError``.
    """
    body = body.replace("\r\n", "\n").replace("\0", "").encode(errors="replace").decode().strip()
    if not body:
        raise EmptyMessageError
    if len(body) > LONGEST:
        raise LongMessageError
    return body


@transaction.atomic
def edit_message(message: Message, *, actor: User, body: str, at: datetime | None = None) -> Message:
    """Change the words of one's own message; readers see that it was edited.

    Raises ``NotInRoomError`` (not_in_room), ``NotYourMessageError`` (not_yours), ``DeletedMessageError`` (deleted),
    ``EmptyMessageError`` (empty) and ``LongMessageError`` (too_long).
    """
    body = checked_body(body)
    room, message = _own_message(message, actor)
    if message.deleted_at is not None:
        raise DeletedMessageError
    if body != message.body:
        message.body, message.edited_at = body, at or timezone.now()
        _save_change(room, message)
        record("changed", message, actor=actor, context=room, at=message.edited_at)
    return message


@transaction.atomic
def delete_message(message: Message, *, actor: User, at: datetime | None = None) -> Message:
    """Take back the words of one's own message; the place where it stood stays as the trace.

    Raises ``NotInRoomError`` (not_in_room) and ``NotYourMessageError`` (not_yours).
    """
    room, message = _own_message(message, actor)
    if message.deleted_at is None:
        message.body, message.deleted_at = "", at or timezone.now()
        _save_change(room, message)
        record("deleted", message, actor=actor, context=room, at=message.deleted_at)
    return message


@transaction.atomic
def mark_read(room: Room, *, actor: User, message_id: int) -> RoomMember:
    """Remember that the person has seen the room up to that message; earlier marks are never taken back.

    Somebody who reads an open room becomes one of its people. Reading is no deed for the journal.
    Raises ``NotInRoomError`` (not_in_room).
    """
    member = _member(room, actor)
    if member.last_read_id < message_id and Message.objects.filter(room=room, pk=message_id).exists():
        member.last_read_id = message_id
        RoomMember.objects.filter(pk=member.pk, last_read_id__lt=message_id).update(last_read_id=message_id)
        frame = encode("read", person=actor.pk, name=name_of(actor), message=message_id)
        transaction.on_commit(partial(hub.announce, room.pk, frame))
    return member


def _member(room: Room, user: User) -> RoomMember:
    if room.kind == Room.Kind.OPEN:
        return RoomMember.objects.get_or_create(room=room, user=user)[0]
    member = RoomMember.objects.filter(room=room, user=user, left_at=None).first()
    if member is None:
        raise NotInRoomError
    return member


def _locked_for(room: Room, user: User) -> Room:
    room = Room.objects.select_for_update().get(pk=room.pk)
    _member(room, user)
    return room


def _own_message(message: Message, actor: User) -> tuple[Room, Message]:
    room = _locked_for(message.room, actor)
    message = Message.objects.with_people().get(pk=message.pk)
    if message.sender_id != actor.pk:
        raise NotYourMessageError
    return room, message


def _save_change(room: Room, message: Message) -> None:
    room.revision += 1
    room.save(update_fields=["revision"])
    message.revision = room.revision
    message.save()
    transaction.on_commit(partial(hub.announce, room.pk, message_frame(message)))


def _tell_those_away(message: Message) -> None:
    """Notify members who had read everything before and are not in the room now: one notice until they come back."""
    room = message.room
    if room.kind == Room.Kind.OPEN:
        return
    earlier = Message.objects.filter(room=room, pk__lt=message.pk).aggregate(pk=Coalesce(Max("pk"), 0))["pk"]
    people = User.objects.filter(
        room_memberships__room=room, room_memberships__left_at=None, room_memberships__last_read_id__gte=earlier
    ).exclude(pk__in=hub.people_in(room.pk))
    text = _("%(person)s wrote in the chat.") % {"person": message.sender}
    notify(people, "chat_message", text, room.get_absolute_url(), exclude=message.sender)
