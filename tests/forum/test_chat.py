"""What people do in chat rooms."""

from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from forum.chat import actions
from forum.chat.errors import (
    DeletedMessageError,
    EmptyMessageError,
    LongMessageError,
    NothingSharedError,
    NotInRoomError,
    NotYourMessageError,
    ReplyElsewhereError,
)
from forum.chat.models import Message, Room, RoomMember
from forum.chat.wagtail_hooks import erase, unread_context
from lms.journal.models import Entry
from lms.notices.models import Notice
from tests.make import make_board, make_message, make_room, make_user
from tests.own_data import own_data

pytestmark = pytest.mark.django_db
ID = UUID("0123456789abcdef0123456789abcdef")


@pytest.fixture
def pair():
    one, other = make_user(), make_user()
    return one, other, make_room(one, other)


def verbs_of(thing):
    entries = Entry.objects.filter(object_type__model=thing._meta.model_name, object_id=thing.pk)
    return sorted(entries.values_list("verb", flat=True))


def test_open_room_seats_its_members():
    one, other = make_user(), make_user()

    room = actions.open_room("Ours", actor=one, kind=Room.Kind.GROUP, members=[one, other])

    assert set(Room.objects.of(other)) == {room}
    assert verbs_of(room) == ["changed", "created"]


def test_set_room_members_keeps_the_place_of_those_who_come_back(pair):
    one, other, room = pair
    make_message(room, other)

    actions.set_room_members(room, [one], actor=None)
    away = Room.objects.visible_to(other).exists()
    actions.set_room_members(room, [one, other], actor=None)

    assert not away
    assert RoomMember.objects.get(room=room, user=other).last_read_id > 0


def test_rooms_are_visible_to_members_and_open_ones_to_everyone_with_an_account(pair):
    one, _, room = pair
    corner = make_room(kind=Room.Kind.OPEN)

    seen = [set(Room.objects.visible_to(user)) for user in (one, make_user(), AnonymousUser())]

    assert seen == [{room, corner}, {corner}, set()]


def test_post_message_saves_it_and_tells_who_is_away_once(pair):
    one, other, room = pair

    message = actions.post_message(room, actor=one, body=" Hello \r\nthere ", client_id=ID)
    make_message(room, one)

    assert (message.body, message.revision) == ("Hello \nthere", 1)
    assert list(Notice.objects.values_list("recipient", "kind")) == [(other.pk, "chat_message")]
    assert verbs_of(message) == ["posted"]


def test_post_message_sent_twice_is_one_message(pair):
    one, _, room = pair

    first = actions.post_message(room, actor=one, body="Hello", client_id=ID)
    second = actions.post_message(room, actor=one, body="Hello", client_id=ID)

    assert first == second
    assert Message.objects.count() == 1


def test_two_people_may_choose_the_same_client_id(pair):
    one, other, room = pair

    actions.post_message(room, actor=one, body="Mine", client_id=ID)
    actions.post_message(room, actor=other, body="Mine too", client_id=ID)

    assert Message.objects.count() == 2


@pytest.mark.parametrize(("body", "error"), [(" \n", EmptyMessageError), ("x" * 4_001, LongMessageError)])
def test_post_message_refuses_nothing_and_too_much(pair, body, error):
    one, _, room = pair

    with pytest.raises(error):
        actions.post_message(room, actor=one, body=body, client_id=ID)


def test_post_message_replaces_signs_that_no_text_has(pair):
    one, _, room = pair

    assert make_message(room, one, "a\0b\ud800c").body == "ab?c"


def test_post_message_refuses_strangers_and_answers_to_other_rooms(pair):
    one, _, room = pair
    elsewhere = make_message(make_room(one), one)

    with pytest.raises(NotInRoomError):
        actions.post_message(room, actor=make_user(), body="x", client_id=ID)
    with pytest.raises(ReplyElsewhereError):
        actions.post_message(room, actor=one, body="x", client_id=ID, reply_to=elsewhere)


def test_everyone_may_write_in_an_open_room_and_belongs_to_it_then():
    room, visitor = make_room(kind=Room.Kind.OPEN), make_user()

    make_message(room, visitor)

    assert list(Room.objects.of(visitor)) == [room]
    assert not Notice.objects.exists()


def test_every_change_counts_one_up(pair):
    one, other, room = pair
    first, second = make_message(room, one), make_message(room, other)

    actions.edit_message(first, actor=one, body="Better")
    actions.delete_message(second, actor=other)

    changed = list(Message.objects.after_revision(2).values_list("pk", "revision"))
    assert changed == [(first.pk, 3), (second.pk, 4)]


def test_edit_message_says_that_it_was_edited(pair):
    one, other, room = pair
    message = make_message(room, one, "Old")

    edited = actions.edit_message(message, actor=one, body="New")

    assert (edited.body, edited.edited_at is not None) == ("New", True)
    assert verbs_of(message) == ["changed", "posted"]
    with pytest.raises(NotYourMessageError):
        actions.edit_message(message, actor=other, body="x")
    with pytest.raises(EmptyMessageError):
        actions.edit_message(message, actor=one, body="")


def test_delete_message_keeps_the_place_without_the_words(pair):
    one, other, room = pair
    message = make_message(room, one, "Secret")

    with pytest.raises(NotYourMessageError):
        actions.delete_message(message, actor=other)
    actions.delete_message(message, actor=one)

    message.refresh_from_db()
    assert (message.body, message.deleted_at is not None) == ("", True)
    assert verbs_of(message) == ["deleted", "posted"]
    with pytest.raises(DeletedMessageError):
        actions.edit_message(message, actor=one, body="Back")


def test_nobody_changes_a_message_in_a_room_that_they_have_left(pair):
    one, other, room = pair
    message = make_message(room, one)
    actions.set_room_members(room, [other], actor=None)

    for change in (actions.delete_message, lambda m, actor: actions.edit_message(m, actor=actor, body="x")):
        with pytest.raises(NotInRoomError):
            change(message, actor=one)


def test_mark_read_counts_and_is_never_taken_back(pair):
    one, other, room = pair
    first, second = make_message(room, one), make_message(room, one)
    elsewhere = make_message(make_room(other), other)

    before = Room.objects.with_unread(other).get(pk=room.pk).unread_count
    actions.mark_read(room, actor=other, message_id=second.pk)
    actions.mark_read(room, actor=other, message_id=first.pk)
    actions.mark_read(room, actor=other, message_id=elsewhere.pk)

    assert before == 2
    assert RoomMember.objects.get(room=room, user=other).last_read_id == second.pk
    assert Room.objects.with_unread(other).get(pk=room.pk).unread_count == 0
    with pytest.raises(NotInRoomError):
        actions.mark_read(room, actor=make_user(), message_id=first.pk)


def test_personal_room_is_one_for_both_who_share_a_room_or_a_board(pair):
    one, other, _ = pair
    third = make_user()
    make_board(one, third, access="closed")

    room = actions.open_personal_room(other, actor=one)

    assert room == actions.open_personal_room(one, actor=other)
    assert (room.kind, room.title_for(one)) == (Room.Kind.PERSONAL, str(other))
    assert actions.open_personal_room(third, actor=one) != room


def test_personal_room_is_not_for_strangers_nor_for_oneself(pair):
    one, _, _ = pair
    make_room(one, make_user(), kind=Room.Kind.OPEN)

    for other in (make_user(), one):
        with pytest.raises(NothingSharedError):
            actions.open_personal_room(other, actor=one)


def test_what_a_person_wrote_is_exported_and_erased(pair):
    one, other, room = pair
    message = make_message(room, one, "My words", client_id=uuid4())
    unread = unread_context(other, timezone.now())

    exported = own_data(one, "chat")
    erase(one)

    message.refresh_from_db()
    assert (exported["message"][0]["body"], unread) == ("My words", {"rooms": [(room, room.title)]})
    assert (message.sender, message.body, message.deleted_at is not None) == (None, "", True)
    assert own_data(one, "chat") == {}
