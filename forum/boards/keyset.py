"""Older and newer: pages that cost the same however many rows there are, because each starts at a row of the last."""

from dataclasses import dataclass

from django.http import QueryDict

from forum.boards.models import Board, Post, PostQuerySet, Topic, TopicQuerySet

TOPICS = 30
POSTS = 101
"""Posts a page: the one that opens the topic and a hundred answers."""


@dataclass(frozen=True)
class TopicPage:
    """Topics with the newest first; ``newer`` and ``older`` name the topic that the next page starts at."""

    topics: list[Topic]
    newer: int | None
    older: int | None


@dataclass(frozen=True)
class PostPage:
    """Posts in the order they were written; ``before`` and ``after`` name the post that the next page starts at."""

    posts: list[Post]
    before: int | None
    after: int | None


def topic_page(topics: TopicQuerySet, board: Board, query: QueryDict) -> TopicPage:
    """Return the page that ``?older=`` or ``?newer=`` (a topic's id) asks for, else the newest topics."""
    if anchor := _topic(board, query.get("newer")):
        found = list(topics.newer_than(anchor.last_post_at, anchor.pk).order_by("last_post_at", "pk")[: TOPICS + 1])
        rows = found[:TOPICS][::-1]
        more_newer, more_older = len(found) > TOPICS, True
    else:
        anchor = _topic(board, query.get("older"))
        rest = topics.older_than(anchor.last_post_at, anchor.pk) if anchor else topics
        found = list(rest.newest_first()[: TOPICS + 1])
        rows = found[:TOPICS]
        more_newer, more_older = anchor is not None, len(found) > TOPICS
    return TopicPage(rows, rows[0].pk if rows and more_newer else None, rows[-1].pk if rows and more_older else None)


def post_page(posts: PostQuerySet, query: QueryDict) -> PostPage:
    """Return the page that ``?after=`` or ``?before=`` (a post's id) asks for, else the first posts."""
    if before := _number(query.get("before")):
        found = list(posts.filter(pk__lt=before).order_by("-pk")[: POSTS + 1])
        rows = found[:POSTS][::-1]
        return PostPage(rows, rows[0].pk if len(found) > POSTS else None, rows[-1].pk if rows else None)
    after = _number(query.get("after"))
    found = list(posts.filter(pk__gt=after).order_by("pk")[: POSTS + 1])
    rows = found[:POSTS]
    return PostPage(rows, rows[0].pk if rows and after else None, rows[-1].pk if len(found) > POSTS else None)


def _topic(board: Board, pk: str | None) -> Topic | None:
    return Topic.objects.filter(board=board, pk=_number(pk)).first() if pk else None


def _number(text: str | None) -> int:
    """Return a whole number that a database takes; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 18 else 0
