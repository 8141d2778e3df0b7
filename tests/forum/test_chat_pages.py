"""The pages of chat: the same deeds by forms."""

from uuid import uuid4

import pytest
from django.test import Client

from forum.chat import actions
from forum.chat.history import MESSAGES
from forum.chat.models import Message, Room, RoomMember
from tests.make import make_administrator, make_message, make_room, make_user
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def room(person):
    return make_room(person, make_user(), title="Our room")


def test_room_list_asks_as_often_for_many_rooms(client: Client, person):
    def room_with_message():
        other = make_user()
        make_message(make_room(person, other), other)

    assert_same_queries(lambda: client.get("/chat/"), room_with_message)


def test_room_list_counts_what_is_new_and_offers_open_rooms(client: Client, person, room):
    other = room.memberships.exclude(user=person).get().user
    make_message(room, other)
    make_room(kind=Room.Kind.OPEN, title="Coffee corner")

    page = client.get("/chat/").content.decode()

    assert "1 new" in page and "Coffee corner" in page


def test_room_list_says_why_it_is_empty(client: Client, person):
    assert "You are in no room yet" in client.get("/chat/").content.decode()


def test_room_detail_asks_as_often_for_many_messages(client: Client, person, room):
    def answered():
        make_message(room, person, reply_to=make_message(room, person))

    assert_same_queries(lambda: client.get(room.get_absolute_url()), answered)


def test_room_detail_marks_what_it_shows_as_read(client: Client, person, room):
    message = make_message(room, room.memberships.exclude(user=person).get().user)

    client.get(room.get_absolute_url())

    assert RoomMember.objects.get(user=person).last_read_id == message.pk


def test_room_detail_shows_the_newest_and_leads_to_earlier_ones(client: Client, person, room):
    messages = [make_message(room, person) for _ in range(MESSAGES + 2)]

    newest = client.get(room.get_absolute_url()).context["page"]
    earlier = client.get(room.get_absolute_url(), {"before": newest.before}).context["page"]

    assert (newest.messages, newest.newest) == (messages[2:], True)
    assert (earlier.messages, earlier.before, earlier.newest) == (messages[:2], None, False)


def test_room_detail_takes_any_nonsense_for_its_start(client: Client, person, room):
    for start in ("x", "-1", "9" * 30, "²"):
        assert client.get(room.get_absolute_url(), {"before": start}).status_code == 200
        assert client.get(room.get_absolute_url(), {"answer": start}).status_code == 200


def test_a_foreign_room_is_not_found(client: Client, person):
    other = make_user()
    message = make_message(make_room(other), other)

    for address in (message.room.get_absolute_url(), f"/chat/messages/{message.pk}/edit/"):
        assert client.get(address).status_code == 404
    assert client.post(f"/chat/{message.room_id}/write/", {"body": "x"}).status_code == 404


def test_message_create_sent_twice_makes_one_message(client: Client, person, room):
    data = {"body": "Hello", "client_id": str(uuid4())}

    first = client.post(f"/chat/{room.pk}/write/", data)
    client.post(f"/chat/{room.pk}/write/", data)

    message = Message.objects.get()
    assert (message.body, first["Location"]) == ("Hello", message.get_absolute_url())


def test_message_create_answers_wrong_input_beside_the_field(client: Client, person, room):
    long_text = "x" * 4_001

    empty = client.post(f"/chat/{room.pk}/write/", {"body": " ", "client_id": str(uuid4())})
    long = client.post(f"/chat/{room.pk}/write/", {"body": long_text, "client_id": str(uuid4())})

    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["body"])
    assert (long.status_code, long_text in long.content.decode()) == (422, True)


def test_message_create_answers_a_message(client: Client, person, room):
    answered = make_message(room, person, "Question")

    page = client.get(f"{room.get_absolute_url()}?answer={answered.pk}").content.decode()
    client.post(f"/chat/{room.pk}/write/", {"body": "Yes", "client_id": str(uuid4()), "reply_to": answered.pk})

    assert "You answer" in page
    assert Message.objects.get(body="Yes").reply_to == answered


def test_messages_are_shown_as_text(client: Client, person, room):
    make_message(room, person, "<script>alert(1)</script> https://example.org/?a=1&b=2")

    page = client.get(room.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert 'href="https://example.org/?a=1&amp;b=2"' in page


def test_message_edit_changes_ones_own_message_only(client: Client, person, room):
    own = make_message(room, person, "Old")
    foreign = make_message(room, room.memberships.exclude(user=person).get().user)

    wrong = client.post(f"/chat/messages/{own.pk}/edit/", {"body": ""})
    client.post(f"/chat/messages/{own.pk}/edit/", {"body": "New"})

    own.refresh_from_db()
    assert (wrong.status_code, own.body) == (422, "New")
    assert client.get(f"/chat/messages/{foreign.pk}/edit/").status_code == 403
    assert client.post(f"/chat/messages/{foreign.pk}/delete/").status_code == 403


def test_message_delete_asks_first_and_leaves_a_trace(client: Client, person, room):
    own = make_message(room, person, "Secret")

    asked = client.get(f"/chat/messages/{own.pk}/delete/").content.decode()
    client.post(f"/chat/messages/{own.pk}/delete/")

    page = client.get(room.get_absolute_url()).content.decode()
    assert "Secret" in asked and "Secret" not in page
    assert "This message was deleted" in page


def test_room_personal_leads_to_the_room_of_two(client: Client, person, room):
    other = room.memberships.exclude(user=person).get().user

    response = client.post(f"/chat/with/{other.pk}/")

    assert response["Location"] == actions.open_personal_room(other, actor=person).get_absolute_url()
    assert client.post(f"/chat/with/{make_user().pk}/").status_code == 404


def test_room_create_is_for_administrators(client: Client, person):
    assert client.get("/chat/new/").status_code == 403
    client.force_login(make_administrator())

    wrong = client.post("/chat/new/", {"title": ""})
    client.post("/chat/new/", {"title": "Coffee corner"})

    assert wrong.status_code == 422
    assert Room.objects.get().kind == Room.Kind.OPEN
