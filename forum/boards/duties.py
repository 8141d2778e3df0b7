"""Closed boards that one person alone moderates, as duties that go to another of their people."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, ForeignObjectRel, OuterRef, QuerySet
from django.utils.translation import gettext as _

from forum.boards.models import Board, BoardMember
from lms.journal.actions import record
from lms.people.errors import DutyGone
from lms.people.models import User
from lms.plugins import Duty


def boards_moderated(user: User) -> Iterator[Duty]:
    """Yield the closed boards that nobody else moderates; one that belongs to another room's thing goes with it."""
    for held in _moderated(user).select_related("board"):
        yield Duty(
            key=str(held.pk),
            title=_("Moderator of the board “%(board)s”") % {"board": held.board},
            url=held.board.get_absolute_url(),
        )


def other_people(key: str, user: User) -> QuerySet[User]:
    """Return the other people of the board."""
    board = _held(key, user).board
    people = User.objects.filter(board_memberships__board=board, is_active=True).exclude(pk=user.pk)
    return people.order_by("last_name", "first_name")


def take_board(key: str, user: User, taker: User, actor: User, at: datetime) -> None:
    """Make ``taker`` the moderator; ``user`` stays one of the board's people. Raises ``DutyGone``."""
    held = _held(key, user)
    BoardMember.objects.filter(board=held.board, user=taker).update(moderator=True)
    BoardMember.objects.filter(pk=held.pk).update(moderator=False)
    record("handed_over", held.board, actor=actor, data={"from": user.pk, "to": taker.pk}, at=at)


def _moderated(user: User) -> QuerySet[BoardMember]:
    others = BoardMember.objects.filter(board=OuterRef("board"), moderator=True, user__is_active=True).exclude(
        user=user
    )
    held = BoardMember.objects.filter(user=user, moderator=True, board__access=Board.Access.CLOSED)
    return held.filter(~Exists(others.exclude(user=user)), board__in=_boards_alone())


def _boards_alone() -> "QuerySet[Any, Any]":
    """Return the boards that nothing of another room points at."""
    boards = Board.objects.order_by()
    for relation in Board._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and relation.related_model._meta.app_label != Board._meta.app_label:
            pointing = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
            boards = boards.filter(~Exists(pointing))
    return boards.values("pk")


def _held(key: str, user: User) -> BoardMember:
    found = _moderated(user).select_related("board").filter(pk=key).first()
    if found is None:
        raise DutyGone
    return found
