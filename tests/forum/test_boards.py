"""What people do on boards."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from forum.boards import actions
from forum.boards.errors import (
    AnswerElsewhereError,
    EmptyPostError,
    HiddenPostError,
    LongPostError,
    NotModeratorError,
    NotYourPostError,
)
from forum.boards.models import Board, Post, PostVersion, Topic
from forum.boards.wagtail_hooks import erase, new_context
from lms.journal.models import Entry
from lms.notices.models import Notice
from tests.make import make_board, make_editor, make_post, make_topic, make_user
from tests.own_data import own_data

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 12, 15, tzinfo=UTC)
ATTACKS = [
    "<p>a<script>alert(1)</script></p>",
    "<p>a<img src=x onerror=alert(1)></p>",
    '<p>a<a href="javascript:alert(1)">b</a></p>',
    "<p>a</p><svg onload=alert(1)><p>b</p>",
    "<p>a</p><style>@import 'http://evil.example/x'</style>",
    "<p style='background:url(http://evil.example/x)'>a</p>",
    "<p>a</p><iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<p>a<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></table></p>",
    '<p onclick="alert(1)">a</p>',
    "a <b onmouseover=alert(1)>plain</b> <script>alert(1)</script>",
]


def verbs_of(thing):
    entries = Entry.objects.filter(object_type__model=thing._meta.model_name, object_id=thing.pk)
    return list(entries.values_list("verb", flat=True))


def test_open_board_opens_it_for_its_people_and_moderators():
    actor, member, moderator = make_user(), make_user(), make_user()

    board = actions.open_board("Ours", actor=actor, access="closed", members=[member], moderators=[moderator])

    assert set(board.memberships.values_list("user", "moderator")) == {(member.pk, False), (moderator.pk, True)}
    assert verbs_of(board) == ["changed", "created"]


def test_set_board_members_keeps_only_those_named_and_what_they_were():
    stays, goes, comes = make_user(), make_user(), make_user()
    board = make_board(goes, access="closed", moderators=[stays])

    actions.set_board_members(board, [stays, comes], actor=None)

    assert dict(board.memberships.values_list("user", "moderator")) == {stays.pk: True, comes.pk: False}


def test_boards_are_visible_by_their_access():
    member, stranger = make_user(), make_user()
    public, members, closed = make_board(access="public"), make_board(), make_board(member, access="closed")

    seen = [set(Board.objects.visible_to(user)) for user in (AnonymousUser(), stranger, member)]

    assert seen == [{public}, {public, members}, {public, members, closed}]


def test_topics_and_posts_are_visible_with_their_board():
    member, stranger = make_user(), make_user()
    topic = make_topic(make_board(member, access="closed"), actor=member)

    assert list(Topic.objects.visible_to(member)) == [topic]
    assert not Topic.objects.visible_to(stranger).exists()
    assert not Post.objects.visible_to(stranger).exists()


def test_start_topic_writes_the_first_post_and_tells_the_closed_board():
    author, other = make_user(), make_user()
    board = make_board(author, other, access="closed")

    topic = actions.start_topic(board, actor=author, title="Hello", body="<p>Who is here?</p>", at=AT)

    assert (topic.post_count, topic.last_post_at, topic.posts.get().body) == (1, AT, "<p>Who is here?</p>")
    assert list(Notice.objects.values_list("recipient", "kind")) == [(other.pk, "board_topic")]
    assert verbs_of(topic) == ["posted"]


def test_write_post_moves_the_topic_up_and_tells_those_who_wrote_there():
    author, other = make_user(), make_user()
    topic = make_topic(actor=author, at=AT)

    post = actions.write_post(topic, actor=other, body="<p>I am</p>", answers=topic.posts.get())

    topic.refresh_from_db()
    assert (topic.post_count, topic.last_post, topic.last_post_at) == (2, post, post.written_at)
    assert list(Notice.objects.values_list("recipient", "kind")) == [(author.pk, "board_answer")]
    assert verbs_of(post) == ["posted"]


def test_write_post_tells_once_until_the_person_comes_back():
    author, other = make_user(), make_user()
    topic = make_topic(actor=author)
    make_post(topic, actor=other)

    newest = make_post(topic, actor=other)
    told_before = Notice.objects.count()
    actions.mark_topic_read(topic, newest.pk, reader=author)
    make_post(topic, actor=other)

    assert (told_before, Notice.objects.count()) == (1, 2)


def test_write_post_tells_nobody_who_has_left_the_closed_board():
    author, other = make_user(), make_user()
    board = make_board(author, other, access="closed")
    topic = make_topic(board, actor=author)
    actions.set_board_members(board, [other], actor=None)
    Notice.objects.all().delete()

    make_post(topic, actor=other)

    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("body", "error"), [("", EmptyPostError), ("<p> </p>", EmptyPostError), ("x" * 20_001, LongPostError)]
)
def test_write_post_refuses_nothing_and_too_much(body, error):
    with pytest.raises(error):
        actions.write_post(make_topic(), actor=make_user(), body=body)


def test_write_post_refuses_an_answer_to_another_topic():
    with pytest.raises(AnswerElsewhereError):
        actions.write_post(make_topic(), actor=make_user(), body="x", answers=make_post())


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_post_is_stored_without_anything_that_runs(attack):
    body = make_post(body=attack).body

    found = [word for word in ("script", "<b on", "<p on", "javascript:", "<img", "style", "<svg") if word in body]
    assert found in ([], ["script"]) and "<script" not in body


def test_plain_text_keeps_its_line_breaks_and_its_signs():
    post = make_post(body="3 < 4 & so on\nnext line\n\nnew paragraph")

    assert post.body == "<p>3 &lt; 4 &amp; so on<br>next line</p>\n\n<p>new paragraph</p>"


def test_edit_post_keeps_what_it_said_before():
    author = make_user()
    post = make_post(actor=author, body="<p>Old</p>", at=AT)

    actions.edit_post(post, actor=author, body="<p>New</p>", at=AT + timedelta(hours=1))

    post.refresh_from_db()
    assert (post.body, post.edited_at) == ("<p>New</p>", AT + timedelta(hours=1))
    assert PostVersion.objects.get().body == "<p>Old</p>"
    assert verbs_of(post) == ["changed", "posted"]


def test_edit_post_without_a_change_leaves_no_trace():
    author = make_user()
    post = make_post(actor=author, body="<p>Same</p>")

    actions.edit_post(post, actor=author, body="<p>Same</p>")

    assert not PostVersion.objects.exists()


def test_edit_post_refuses_others_and_hidden_posts():
    moderator, author = make_editor(), make_user()
    post = make_post(actor=author)

    with pytest.raises(NotYourPostError):
        actions.edit_post(post, actor=make_user(), body="x")
    actions.hide_post(post, actor=moderator)
    with pytest.raises(HiddenPostError):
        actions.edit_post(post, actor=author, body="x")


def test_hide_post_is_for_the_moderators_of_the_board():
    moderator, member, editor = make_user(), make_user(), make_editor()
    board = make_board(member, access="closed", moderators=[moderator])
    post = make_topic(board, actor=member).posts.get()

    for stranger in (member, editor):
        with pytest.raises(NotModeratorError):
            actions.hide_post(post, actor=stranger)
    actions.hide_post(post, actor=moderator, at=AT)

    assert (post.hidden_at, post.hidden_by) == (AT, moderator)
    assert verbs_of(post) == ["hid"]


def test_unread_counts_what_was_not_shown():
    reader = make_user()
    topic = make_topic()
    newest = make_post(topic)

    before = Board.objects.with_newest(reader).get().unread_count
    actions.mark_topic_read(topic, newest.pk, reader=reader)
    actions.mark_topic_read(topic, newest.pk - 1, reader=reader)

    assert (before, Board.objects.with_newest(reader).get().unread_count) == (1, 0)
    assert Topic.objects.with_unread(reader).get().unread is False
    assert new_context(reader, AT) is None


def test_a_persons_posts_are_exported_and_erased():
    author = make_user()
    topic = make_topic(actor=author, title="Mine", body="<p>My words</p>")
    make_post(topic)

    exported = own_data(author, "boards")
    erase(author)

    assert (exported["topic"][0]["title"], exported["post"][0]["body"]) == ("Mine", "<p>My words</p>")
    post = topic.posts.earliest("pk")
    assert (post.author, post.body) == (None, "")
    assert own_data(author, "boards") == {}


def test_take_question_opens_the_board_with_the_first_one():
    author = make_user()

    addresses = [actions.take_question(author, f"Question {n}", "First line\n<b>second</b>", AT) for n in (1, 2)]

    board = Board.objects.get(takes_questions=True)
    assert [topic.title for topic in board.topics.order_by("pk")] == ["Question 1", "Question 2"]
    assert addresses == [topic.get_absolute_url() for topic in board.topics.order_by("pk")]
    assert board.topics.first().posts.get().body == "<p>First line</p><p>&lt;b&gt;second&lt;/b&gt;</p>"
