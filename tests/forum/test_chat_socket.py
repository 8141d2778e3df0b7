"""The sockets of chat, through the whole ASGI application."""

import asyncio
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from channels.db import database_sync_to_async
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from forum.chat import actions
from forum.chat.commands import NotUnderstoodError, decode
from forum.chat.frames import encode
from forum.chat.hub import QUEUE, Hub, Seat, hub
from forum.chat.limits import AT_ONCE, LONGEST_FRAME, PATIENCE, Allowance
from forum.chat.models import Message, Room
from lms.asgi import application
from lms.people.actions import end_session, grant_site_role, remind_of_second_step, require_second_step
from lms.people.models import OpenSession, SignInRules, User
from tests import servers
from tests.forum.sockets import Socket
from tests.make import make_message, make_room, make_user

database = pytest.mark.django_db(transaction=True)
server = pytest.mark.server
in_thread = database_sync_to_async
SECOND = 5
"""What the tests wait for what takes a second at most on a quiet machine."""


@pytest.fixture
async def pair():
    """Two people in a room; the sockets' own thread gives its connection back at the end."""
    one, other = await in_thread(make_user)(), await in_thread(make_user)()
    yield one, other, await in_thread(make_room)(one, other)
    await in_thread(lambda: connection.close())()


@pytest.fixture
async def sockets():
    hub.presence.waiting.clear()  # what the loop of the test before has left
    opened: list[Socket] = []
    yield opened
    for socket in opened:
        await socket.disconnect()


async def signed_in(user: User) -> Client:
    client = Client()
    await in_thread(client.force_login)(user)
    return client


async def connect(client: Client, room: Room, sockets, origin: str = "http://testserver"):
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    headers = [(b"host", b"testserver"), (b"origin", origin.encode()), (b"cookie", cookie.encode())]
    socket = Socket(application, f"/ws/chat/{room.pk}/", headers)
    if not await socket.connect():
        return None
    sockets.append(socket)
    await ask(socket, do="resume", seen=0)
    return socket


async def ask(socket, **content):
    await socket.send(json.dumps(content))


async def hear(socket, kind: str):
    """Return the next frame of that kind."""
    while True:
        frame = json.loads(await socket.receive())
        if frame["type"] == kind:
            return frame


async def closed_with(socket) -> int:
    while True:
        event = await socket.receive_output(timeout=20)
        if event["type"] == "websocket.close":
            return int(event["code"])


def post(body: str = "Hello", **content):
    return {"do": "post", "client_id": str(uuid4()), "body": body} | content


@server
@database
async def test_a_message_is_saved_acknowledged_and_brought_to_everybody(pair, sockets):
    one, other, room = pair
    mine = await connect(await signed_in(one), room, sockets)
    theirs = await connect(await signed_in(other), room, sockets)

    await ask(mine, **(sent := post("Good morning")))

    saved = await hear(mine, "saved")
    message = (await hear(theirs, "message"))["message"]
    assert (saved["client_id"], saved["message"]) == (sent["client_id"], message["id"])
    assert (message["body"], message["sender"], message["revision"]) == ("Good morning", one.pk, 1)


@server
@database
async def test_a_message_sent_twice_is_acknowledged_twice_and_there_once(pair, sockets):
    one, _, room = pair
    socket = await connect(await signed_in(one), room, sockets)
    sent = post()

    await ask(socket, **sent)
    await ask(socket, **sent)

    assert (await hear(socket, "saved")) == (await hear(socket, "saved"))
    assert await Message.objects.acount() == 1


@server
@database
async def test_resume_brings_what_was_missed_in_order(pair, sockets):
    one, other, room = pair
    messages = [await in_thread(make_message)(room, one, f"Number {n}") for n in range(3)]
    await in_thread(actions.edit_message)(messages[0], actor=one, body="Changed")
    socket = await connect(await signed_in(other), room, sockets)
    await hear(socket, "missed")

    await ask(socket, do="resume", seen=2)

    missed = await hear(socket, "missed")
    assert [message["body"] for message in missed["messages"]] == ["Number 2", "Changed"]
    assert (missed["revision"], missed["more"]) == (4, False)


@database
async def test_resume_goes_on_in_batches(pair, sockets, monkeypatch):
    monkeypatch.setattr("forum.chat.commands.BATCH", 2)
    one, _, room = pair
    for _ in range(3):
        await in_thread(make_message)(room, one)
    socket = await connect(await signed_in(one), room, sockets)

    first = await hear(socket, "missed")
    await ask(socket, do="resume", seen=first["revision"])
    second = await hear(socket, "missed")

    assert [(len(part["messages"]), part["revision"], part["more"]) for part in (first, second)] == [
        (2, 2, True),
        (1, 3, False),
    ]


@database
async def test_edit_delete_typing_and_reading_reach_the_others(pair, sockets):
    one, other, room = pair
    message = await in_thread(make_message)(room, one, "Old")
    mine = await connect(await signed_in(one), room, sockets)
    theirs = await connect(await signed_in(other), room, sockets)

    await ask(mine, do="typing")
    await ask(mine, do="edit", message=message.pk, body="New")
    await ask(mine, do="delete", message=message.pk)
    await ask(theirs, do="read", message=message.pk)

    assert (await hear(theirs, "typing"))["name"] == str(one)
    assert (await hear(theirs, "message"))["message"]["body"] == "New"
    assert (await hear(theirs, "message"))["message"]["deleted"] is True
    assert (await hear(mine, "read"))["person"] == other.pk


@database
async def test_everybody_sees_who_is_here(pair, sockets):
    one, other, room = pair
    mine = await connect(await signed_in(one), room, sockets)
    await hear(mine, "here")
    theirs = await connect(await signed_in(other), room, sockets)

    both = (await hear(mine, "here"))["people"]
    await theirs.disconnect()
    sockets.remove(theirs)

    assert [person for person, _ in both] == [one.pk, other.pk]
    assert [person for person, _ in (await hear(mine, "here"))["people"]] == [one.pk]


@database
async def test_broken_rules_are_answered_with_their_code(pair, sockets):
    one, other, room = pair
    foreign = await in_thread(make_message)(room, other)
    socket = await connect(await signed_in(one), room, sockets)
    asked = [
        (post(" "), "empty"),
        (post("x" * 4_001), "too_long"),
        ({"do": "edit", "message": foreign.pk, "body": "x"}, "not_yours"),
        ({"do": "delete", "message": 999_999}, "gone"),
        (post(reply_to=999_999), "gone"),
        ({"do": "dance"}, "not_understood"),
    ]

    codes = []
    for content, _ in asked:
        await ask(socket, **content)
        codes.append((await hear(socket, "error"))["code"])

    assert codes == [code for _, code in asked]


@server
@database
async def test_who_is_removed_from_the_room_is_closed_within_a_second(pair, sockets):
    one, other, room = pair
    socket = await connect(await signed_in(other), room, sockets)

    await in_thread(actions.set_room_members)(room, [one], actor=None)

    async with asyncio.timeout(SECOND):
        assert await closed_with(socket) == 4403


@server
@database
async def test_who_signs_out_is_closed_within_a_second(pair, sockets):
    one, _, room = pair
    client = await signed_in(one)
    socket = await connect(client, room, sockets)

    await in_thread(client.logout)()

    async with asyncio.timeout(SECOND):
        assert await closed_with(socket) == 4401


@database
@pytest.mark.parametrize(
    "change", [lambda user: user.set_password("another-long-password"), lambda user: setattr(user, "is_active", False)]
)
async def test_a_new_password_and_a_closed_account_close_the_socket(pair, sockets, change):
    one, _, room = pair
    socket = await connect(await signed_in(one), room, sockets)

    change(one)
    await in_thread(one.save)()

    assert await closed_with(socket) == 4401


@server
@database
async def test_one_session_that_is_ended_is_closed_within_a_second_and_the_others_stay(pair, sockets):
    one, _, room = pair
    here, there = await signed_in(one), await signed_in(one)
    kept, ended = await connect(here, room, sockets), await connect(there, room, sockets)
    session = await OpenSession.objects.aget(key=there.cookies[settings.SESSION_COOKIE_NAME].value)

    await in_thread(end_session)(session, actor=one, at=timezone.now())

    async with asyncio.timeout(SECOND):
        assert await closed_with(ended) == 4401
    await ask(kept, **(sent := post("Still here")))
    assert (await hear(kept, "saved"))["client_id"] == sent["client_id"]


@server
@database
async def test_a_second_step_that_becomes_due_closes_the_socket_of_who_has_none(pair, sockets):
    one, other, room = pair
    await in_thread(grant_site_role)(other, "editor", actor=None)
    free, guarded = (
        await connect(await signed_in(one), room, sockets),
        await connect(await signed_in(other), room, sockets),
    )

    await in_thread(require_second_step)(actor=one, day=timezone.localdate(), at=timezone.now())

    async with asyncio.timeout(SECOND):
        assert await closed_with(guarded) == 4401
    await ask(free, **(sent := post("Still here")))
    assert (await hear(free, "saved"))["client_id"] == sent["client_id"]
    assert await connect(await signed_in(other), room, sockets) is None


@database
async def test_on_the_day_itself_the_night_closes_the_socket(pair, sockets):
    one, _, room = pair
    await in_thread(grant_site_role)(one, "editor", actor=None)
    day = timezone.localdate() + timedelta(days=1)
    await in_thread(require_second_step)(actor=one, day=day, at=timezone.now())
    socket = await connect(await signed_in(one), room, sockets)
    await SignInRules.objects.aupdate(second_step_from=timezone.localdate())

    await in_thread(remind_of_second_step)(timezone.now())

    assert await closed_with(socket) == 4401


@server
@database
async def test_strangers_visitors_and_other_sites_are_refused(pair, sockets):
    one, _, room = pair
    stranger = await in_thread(make_user)()
    nobody = Client()
    nobody.cookies[settings.SESSION_COOKIE_NAME] = "nothing"

    refused = [
        await connect(await signed_in(stranger), room, sockets),
        await connect(nobody, room, sockets),
        await connect(await signed_in(one), room, sockets, origin="http://evil.example"),
        await connect(await signed_in(one), Room(pk=999_999), sockets),
    ]

    assert refused == [None, None, None, None]


@database
async def test_a_socket_that_sends_too_much_is_slowed_down_then_closed(pair, sockets, monkeypatch):
    monkeypatch.setattr("forum.chat.limits.monotonic", lambda: 100.0)  # a slow machine gives no more in between
    one, _, room = pair
    socket = await connect(await signed_in(one), room, sockets)

    for _ in range(AT_ONCE + 1):
        await ask(socket, do="typing")
    slowed = await hear(socket, "error")
    for _ in range(PATIENCE + 5):
        await ask(socket, do="typing")

    assert slowed["code"] == "too_fast"
    assert await closed_with(socket) == 4413


@database
@pytest.mark.parametrize("frame", [{"text": "x" * (LONGEST_FRAME + 1)}, {"data": b"\0"}])
async def test_a_frame_that_is_too_long_or_binary_closes_the_socket(pair, sockets, frame):
    one, _, room = pair
    socket = await connect(await signed_in(one), room, sockets)

    await socket.send(**frame)

    assert await closed_with(socket) == 4413


@pytest.mark.parametrize(
    "text",
    [
        "", "nonsense", "[]", "null", "[" * 30_000, '{"do":"read"}', '{"do":"read","message":"1"}',
        '{"do":"read","message":-1}', '{"do":"read","message":1e400}', '{"do":"resume","seen":99999999999999999999}',
        '{"do":"post","client_id":"x","body":"y"}', '{"do":"post","client_id":1,"body":"y"}',
        '{"do":"post","client_id":"0123456789abcdef0123456789abcdef","body":"y","reply_to":"z"}',
    ],
)  # fmt: skip
def test_decode_refuses_what_is_no_command(text):
    with pytest.raises(NotUnderstoodError):
        decode(text)


def test_allowance_fills_again_with_time(monkeypatch):
    now = [100.0]
    monkeypatch.setattr("forum.chat.limits.monotonic", lambda: now[0])
    allowance = Allowance()

    taken = [allowance.take() for _ in range(AT_ONCE + 1)]
    now[0] += 1

    assert (taken.count(True), allowance.take()) == (AT_ONCE, True)


async def test_a_slow_reader_is_closed_and_the_others_get_everything():
    hub = Hub("")
    codes: list[int] = []
    slow, quick = (Seat(1, number, "", "", codes.append, lambda: None) for number in (1, 2))
    hub.join(slow)
    hub.join(quick)

    for number in range(QUEUE + 1):
        hub.deliver(1, str(number))
        quick.frames.get_nowait()

    assert codes == [4408]
    assert hub.seats() == [quick]


@pytest.fixture
def redis_url():
    if settings.REDIS_URL:
        yield settings.REDIS_URL
    else:
        with servers.redis_server() as url:
            yield url


@server
async def test_hubs_of_two_processes_wake_each_other(redis_url):
    hubs, codes = [Hub(redis_url), Hub(redis_url)], []
    seats = [
        Seat(1, number, f"Person {number}", f"session {number}", codes.append, lambda: codes.append(0))
        for number in (1, 2)
    ]
    for one, seat in zip(hubs, seats, strict=True):
        one.join(seat)
        await frame_of(seat, "behind")

    here = await frame_of(seats[0], "here", lambda frame: frame["count"] == 2)
    hubs[0].announce(1, encode("message", message=7))
    message = await frame_of(seats[1], "message")
    hubs[0].recheck([2])
    hubs[1].sign_out("session 1")
    async with asyncio.timeout(5):
        while len(codes) < 2:
            await asyncio.sleep(0.01)

    assert (message["message"], here["people"]) == (7, [[1, "Person 1"], [2, "Person 2"]])
    assert sorted(codes) == [0, 4401]
    for one in hubs:
        assert one.wire is not None and one.wire.listener is not None
        one.wire.listener.cancel()


async def frame_of(seat: Seat, kind: str, fits=lambda frame: True):
    async with asyncio.timeout(5):
        while True:
            frame = json.loads(await seat.frames.get())
            if frame["type"] == kind and fits(frame):
                return frame


def test_a_hub_without_sockets_has_nothing_to_do():
    idle = Hub("")

    idle.announce(1, "{}")

    assert idle.people_in(1) == set()
