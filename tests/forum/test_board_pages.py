"""The pages of boards."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forum.boards import actions
from forum.boards.keyset import POSTS, TOPICS
from forum.boards.models import Board, Post, Topic, TopicRead
from tests.make import make_administrator, make_board, make_post, make_topic, make_user
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


@pytest.fixture
def person(client):
    user = make_user()
    client.force_login(user)
    return user


def test_board_list_shows_a_visitor_the_public_boards(client: Client):
    make_board(title="Open to all", access="public")
    make_board(title="For members")

    page = client.get("/forum/").content.decode()

    assert "Open to all" in page and "For members" not in page


def test_board_list_says_what_to_do_when_it_is_empty(client: Client, person):
    assert "When a board is opened for you" in client.get("/forum/").content.decode()


def test_board_list_asks_as_often_for_many_boards(client: Client, person):
    assert_same_queries(lambda: client.get("/forum/"), lambda: make_topic(make_board()))


def test_board_detail_asks_as_often_for_many_topics(client: Client, person):
    board = make_board()

    assert_same_queries(lambda: client.get(board.get_absolute_url()), lambda: make_topic(board))


def test_topic_detail_asks_as_often_for_many_posts(client: Client, person):
    topic = make_topic()

    def answer():
        make_post(topic, actor=person, answers=make_post(topic, actor=person))

    assert_same_queries(lambda: client.get(topic.get_absolute_url()), answer)


def test_topic_with_a_hundred_answers_reads_the_database_twelve_times_at_most(client: Client, person):
    topic, author = make_topic(), make_user()
    for _ in range(100):
        make_post(topic, actor=author)
    client.get(topic.get_absolute_url())

    with CaptureQueriesContext(connection) as captured:
        response = client.get(topic.get_absolute_url())

    assert len(response.context["page"].posts) == 101
    assert len(captured.captured_queries) <= 12


def test_a_closed_board_is_not_found_by_strangers(client: Client, person):
    topic = make_topic(make_board(access="closed"))
    post = topic.posts.get()

    addresses = [topic.board.get_absolute_url(), topic.get_absolute_url(), post.get_absolute_url()]
    addresses += [
        f"/forum/{topic.board_id}/topics/new/",
        f"/forum/topics/{topic.pk}/answer/",
        f"/forum/posts/{post.pk}/edit/",
    ]

    assert {client.get(address).status_code for address in addresses} == {404}


def test_older_and_newer_topics_follow_each_other(client: Client, person):
    board = make_board()
    topics = [make_topic(board, actor=person) for _ in range(TOPICS + 2)]

    first = client.get(board.get_absolute_url()).context["page"]
    older = client.get(board.get_absolute_url(), {"older": first.older}).context["page"]
    back = client.get(board.get_absolute_url(), {"newer": older.newer}).context["page"]

    assert [first.topics[0], first.newer] == [topics[-1], None]
    assert [older.topics, older.older] == [[topics[1], topics[0]], None]
    assert [back.topics, back.newer] == [first.topics, None]


@pytest.mark.parametrize("number", ["x", "-1", "9" * 30, "²", "0"])
def test_pages_take_any_nonsense_for_their_start(client: Client, person, number):
    topic = make_topic()

    for name in ("older", "newer"):
        assert client.get(topic.board.get_absolute_url(), {name: number}).status_code == 200
    for name in ("after", "before"):
        assert client.get(topic.get_absolute_url(), {name: number}).status_code == 200


def test_post_detail_leads_to_the_page_where_the_post_stands(client: Client, person):
    topic = make_topic(actor=person)
    Post.objects.bulk_create(
        Post(topic=topic, author=person, body="<p>x</p>", written_at=topic.started_at) for _ in range(POSTS)
    )
    last = Post.objects.latest("pk")

    response = client.get(last.get_absolute_url(), follow=True)

    assert response.redirect_chain[0][0] == f"{topic.get_absolute_url()}?after={last.pk - 1}#post-{last.pk}"
    assert response.context["page"].posts == [last]


def test_reading_a_topic_marks_it_read(client: Client, person):
    topic = make_topic()

    client.get(topic.get_absolute_url())

    assert TopicRead.objects.get(user=person).last_post_id == topic.last_post_id


def test_topic_create_puts_a_topic_with_its_file_on_the_board(client: Client, person):
    board = make_board()
    data = {"title": "Hello", "body": "Plain words", "attachment": SimpleUploadedFile("paper.pdf", PDF)}

    response = client.post(f"/forum/{board.pk}/topics/new/", data)

    post = Topic.objects.get().posts.get()
    assert response["Location"] == post.topic.get_absolute_url()
    assert (post.body, str(post.attachment)) == ("<p>Plain words</p>", "paper.pdf")
    assert b"".join(client.get(f"/forum/posts/{post.pk}/file/")) == PDF


def test_topic_create_answers_beside_the_field_and_keeps_what_was_typed(client: Client, person):
    response = client.post(f"/forum/{make_board().pk}/topics/new/", {"title": "", "body": "My long thought"})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["title"]
    assert "My long thought" in response.content.decode()


@pytest.mark.parametrize("data", [{"body": ""}, {"body": "<p> </p>"}, {"body": "x" * 20_001}])
def test_post_create_answers_wrong_input_beside_the_field(client: Client, person, data):
    response = client.post(f"/forum/topics/{make_topic().pk}/answer/", data)

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["body"])


def test_post_create_refuses_a_file_of_a_wrong_kind_and_keeps_the_words(client: Client, person):
    data = {"body": "My words", "attachment": SimpleUploadedFile("x.pdf", b"MZ no paper")}

    response = client.post(f"/forum/topics/{make_topic().pk}/answer/", data)

    assert response.status_code == 422
    assert "My words" in response.content.decode() and Post.objects.count() == 1


def test_post_create_answers_one_post(client: Client, person):
    topic = make_topic()
    first = topic.posts.get()

    client.post(f"/forum/topics/{topic.pk}/answer/?answers={first.pk}", {"body": "Yes"})

    assert Post.objects.get(author=person).answers == first


def test_a_visitor_reads_a_public_topic_and_signs_in_to_answer(client: Client):
    topic = make_topic(make_board(access="public"))

    assert "you need an account" in client.get(topic.get_absolute_url()).content.decode()
    assert client.get(f"/forum/topics/{topic.pk}/answer/").status_code == 302


def test_post_edit_changes_ones_own_post_only(client: Client, person):
    own, other = make_post(actor=person), make_post()

    client.post(f"/forum/posts/{own.pk}/edit/", {"body": "<p>Better</p>"})

    own.refresh_from_db()
    assert own.body == "<p>Better</p>"
    assert client.get(f"/forum/posts/{other.pk}/edit/").status_code == 403
    assert client.post(f"/forum/posts/{own.pk}/edit/", {"body": ""}).status_code == 422
    assert "Better" in client.get(f"/forum/posts/{own.pk}/history/").content.decode()


def test_post_hide_takes_the_words_from_the_page(client: Client, person):
    board = make_board(access="closed", moderators=[person])
    topic = make_topic(board, actor=person, body="<p>Bad words</p>")
    post = topic.posts.get()

    client.post(f"/forum/posts/{post.pk}/hide/")

    page = client.get(topic.get_absolute_url()).content.decode()
    assert "A moderator has hidden this post" in page and "Bad words" not in page
    assert client.get(f"/forum/posts/{post.pk}/history/").status_code == 404
    assert client.post(f"/forum/posts/{make_post().pk}/hide/").status_code == 403


def test_a_hidden_post_is_not_quoted_by_its_answers(client: Client, person):
    board = make_board(access="closed", moderators=[person])
    topic = make_topic(board, actor=person, body="<p>Bad words</p>")
    make_post(topic, answers=topic.posts.get())
    actions.hide_post(topic.posts.earliest("pk"), actor=person)

    assert "Bad words" not in client.get(topic.get_absolute_url()).content.decode()


def test_board_create_is_for_editors_and_administrators(client: Client, person):
    assert client.get("/forum/new/").status_code == 403
    client.force_login(make_administrator())

    wrong = client.post("/forum/new/", {"title": "", "text": "Why", "access": "public"})
    client.post("/forum/new/", {"title": "News", "text": "", "access": "public"})
    board = Board.objects.get()
    client.post(f"/forum/{board.pk}/edit/", {"title": "Old news", "text": "", "access": "members"})

    board.refresh_from_db()
    assert (wrong.status_code, "Why" in wrong.content.decode()) == (422, True)
    assert (board.title, board.access) == ("Old news", "members")
