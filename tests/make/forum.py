"""Makers of boards, topics, rooms and messages."""

from typing import Any
from uuid import uuid4

from forum.boards import actions as boards
from forum.boards.models import Board, Post, Topic
from forum.chat import actions as chat
from forum.chat.models import Message, Room
from lms.people.models import User
from tests.make.lms import make_user
from tests.make.numbers import numbers


# forum.boards
def make_board(*members: User, **fields: Any) -> Board:
    defaults = {"title": f"Board {next(numbers)}", "actor": None, "access": Board.Access.MEMBERS, "members": members}
    return boards.open_board(**defaults | fields)


def make_topic(board: Board | None = None, **fields: Any) -> Topic:
    defaults = {"title": f"Topic {next(numbers)}", "body": "<p>First words</p>"}
    actor = fields.pop("actor", None) or make_user()
    return boards.start_topic(board or make_board(), actor=actor, **defaults | fields)


def make_post(topic: Topic | None = None, **fields: Any) -> Post:
    actor = fields.pop("actor", None) or make_user()
    return boards.write_post(topic or make_topic(), actor=actor, **{"body": f"<p>Answer {next(numbers)}</p>"} | fields)


# forum.chat
def make_room(*members: User, **fields: Any) -> Room:
    defaults = {"title": f"Room {next(numbers)}", "actor": None, "kind": Room.Kind.GROUP, "members": members}
    return chat.open_room(**defaults | fields)


def make_message(room: Room, actor: User, body: str = "", **fields: Any) -> Message:
    defaults: dict[str, Any] = {"client_id": uuid4(), "body": body or f"Message {next(numbers)}"}
    return chat.post_message(room, actor=actor, **defaults | fields)
