"""What people do on boards."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from forum.boards.bodies import safe_body
from forum.boards.errors import AnswerElsewhereError, HiddenPostError, NotModeratorError, NotYourPostError
from forum.boards.models import Board, BoardMember, Post, PostVersion, Topic, TopicRead
from lms.files.models import StoredFile
from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import User


@transaction.atomic
def open_board(
    title: str,
    *,
    actor: User | None,
    access: str,
    members: Iterable[User] = (),
    moderators: Iterable[User] = (),
    text: str = "",
) -> Board:
    """Open a board for ``members``; ``moderators`` belong to it too and may hide posts there."""
    board = Board.objects.create(title=title, access=access, text=text)
    record("created", board, actor=actor)
    set_board_members(board, members, actor=actor, moderators=moderators)
    return board


@transaction.atomic
def change_board(board: Board, *, actor: User, title: str, text: str, access: str) -> Board:
    """Change what a board is called, is for, and who may read it."""
    board.title, board.text, board.access = title, text, access
    board.save(update_fields=["title", "text", "access"])
    record("changed", board, actor=actor)
    return board


@transaction.atomic
def take_question(author: User, title: str, text: str, at: datetime) -> str:
    """Start a topic with a question that came up elsewhere, on the board for questions; return its address.

    The board is opened with the first question. Raises as ``start_topic`` does.
    """
    board = Board.objects.filter(takes_questions=True).first() or _open_question_board()
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
    return start_topic(board, actor=author, title=title[:200], body=paragraphs, at=at).get_absolute_url()


def _open_question_board() -> Board:
    text = _("Questions that came up in workshops and elsewhere, with their answers.")
    board = open_board(_("Questions and answers"), actor=None, access=Board.Access.MEMBERS, text=text)
    board.takes_questions = True
    board.save(update_fields=["takes_questions"])
    return board


@transaction.atomic
def set_board_members(
    board: Board, users: Iterable[User], *, actor: User | None, moderators: Iterable[User] | None = None
) -> Board:
    """Make ``users`` (and ``moderators``) the people of the board; nobody else stays.

    Without ``moderators`` those who stay keep what they were.
    """
    wanted = {user.pk for user in users}
    if moderators is not None:
        moderating = {user.pk for user in moderators}
        wanted |= moderating
    there = set(board.memberships.select_for_update().values_list("user_id", flat=True))
    board.memberships.exclude(user__in=wanted).delete()
    BoardMember.objects.bulk_create(BoardMember(board=board, user_id=pk) for pk in sorted(wanted - there))
    if moderators is not None:
        board.memberships.update(moderator=False)
        board.memberships.filter(user__in=moderating).update(moderator=True)
    if wanted != there:
        record("changed", board, actor=actor, data={"joined": sorted(wanted - there), "left": sorted(there - wanted)})
    return board


@transaction.atomic
def start_topic(
    board: Board,
    *,
    actor: User,
    title: str,
    body: str,
    attachment: StoredFile | None = None,
    at: datetime | None = None,
) -> Topic:
    """Start a topic with its first post and tell the people of a closed board.

    Raises ``EmptyPostError`` (empty) and ``LongPostError`` (too_long).
    """
    at = at or timezone.now()
    topic = Topic.objects.create(board=board, author=actor, title=title, started_at=at, last_post_at=at)
    _add_post(topic, Post(author=actor, body=safe_body(body), attachment=attachment, written_at=at))
    record("posted", topic, actor=actor, context=board, at=at)
    if board.access == Board.Access.CLOSED:
        members = User.objects.filter(board_memberships__board=board)
        text = _("%(person)s started “%(topic)s”.") % {"person": actor, "topic": title}
        notify(members, "board_topic", text, topic.get_absolute_url(), exclude=actor)
    return topic


@transaction.atomic
def write_post(
    topic: Topic,
    *,
    actor: User,
    body: str,
    answers: Post | None = None,
    attachment: StoredFile | None = None,
    at: datetime | None = None,
) -> Post:
    """Answer a topic, or one post of it, and tell those who take part in it once until they come back.

    Raises ``EmptyPostError`` (empty), ``LongPostError`` (too_long) and ``AnswerElsewhereError`` (answer_elsewhere).
    """
    if answers is not None and answers.topic_id != topic.pk:
        raise AnswerElsewhereError
    at = at or timezone.now()
    # The lock keeps ``last_post`` and ``post_count`` right when two people answer at once.
    topic = Topic.objects.select_for_update(of=("self",)).select_related("board", "last_post").get(pk=topic.pk)
    told = list(people_to_tell(topic, topic.last_post))
    html = safe_body(body)
    post = _add_post(topic, Post(author=actor, body=html, answers=answers, attachment=attachment, written_at=at))
    record("posted", post, actor=actor, context=topic, at=at)
    text = _("%(person)s answered in “%(topic)s”.") % {"person": actor, "topic": topic.title}
    notify(told, "board_answer", text, post.get_absolute_url(), exclude=actor)
    return post


def _add_post(topic: Topic, post: Post) -> Post:
    post.topic = topic
    post.save()
    topic.last_post, topic.last_post_at, topic.post_count = post, post.written_at, topic.post_count + 1
    topic.save(update_fields=["last_post", "last_post_at", "post_count"])
    if post.author is not None:
        mark_topic_read(topic, post.pk, reader=post.author)
    return post


def people_to_tell(topic: Topic, newest: Post | None) -> QuerySet[User]:
    """Return those who wrote in the topic, may still see it, and have read it up to ``newest``.

    Who has unread posts there was told of the first of them.
    """
    read = TopicRead.objects.filter(topic=topic, last_post_id__gte=newest.pk if newest else 0)
    people = User.objects.filter(pk__in=topic.posts.values("author"), topic_reads__in=read)
    if topic.board.access == Board.Access.CLOSED:
        people = people.filter(board_memberships__board=topic.board)
    return people


@transaction.atomic
def edit_post(post: Post, *, actor: User, body: str, at: datetime | None = None) -> Post:
    """Change one's own post; what it said before is kept as a version.

    Raises ``NotYourPostError`` (not_yours), ``HiddenPostError`` (hidden), ``EmptyPostError`` (empty)
    and ``LongPostError`` (too_long).
    """
    post = Post.objects.select_for_update().get(pk=post.pk)
    if post.author_id != actor.pk:
        raise NotYourPostError
    if post.hidden_at is not None:
        raise HiddenPostError
    html = safe_body(body)
    if html == post.body:
        return post
    at = at or timezone.now()
    PostVersion.objects.create(post=post, body=post.body, replaced_at=at, replaced_by=actor)
    post.body, post.edited_at = html, at
    post.save(update_fields=["body", "edited_at"])
    record("changed", post, actor=actor, context=post.topic, at=at)
    return post


@transaction.atomic
def hide_post(post: Post, *, actor: User, at: datetime | None = None) -> Post:
    """Hide a post from readers, as a moderator of its board; the place where it stood says so.

    Raises ``NotModeratorError`` (not_moderator).
    """
    if not actor.has_perm("forum_boards.hide_post", post):
        raise NotModeratorError
    if post.hidden_at is None:
        post.hidden_at, post.hidden_by = at or timezone.now(), actor
        post.save(update_fields=["hidden_at", "hidden_by"])
        record("hid", post, actor=actor, context=post.topic, at=post.hidden_at)
    return post


def mark_topic_read(topic: Topic, last_post_id: int, *, reader: User) -> None:
    """Remember that the reader has seen the topic up to that post; earlier marks are never taken back.

    Reading is no deed for the journal.
    """
    read, created = TopicRead.objects.get_or_create(topic=topic, user=reader, defaults={"last_post_id": last_post_id})
    if not created and read.last_post_id < last_post_id:
        TopicRead.objects.filter(pk=read.pk, last_post_id__lt=last_post_id).update(last_post_id=last_post_id)
