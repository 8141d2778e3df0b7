"""The socket of a chat room: it decodes, asks, calls the action, and answers."""

import asyncio
import contextlib
from collections.abc import Coroutine
from importlib import import_module
from typing import Any

from channels.auth import get_user
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.chat.commands import Command, Typing, decode, perform
from forum.chat.frames import encode, name_of
from forum.chat.hub import LEFT, SIGNED_OUT, TOO_MUCH, Seat, hub
from forum.chat.limits import LONGEST_FRAME, PATIENCE, Allowance
from forum.chat.models import Room
from lms.errors import DomainError
from lms.people.models import User
from lms.people.permissions import Person, lacks_second_step

SECONDS_TO_CLOSE = 2


class TooFastError(DomainError):
    code = "too_fast"
    text = _("That was a lot at once. Your message goes out in a moment.")


class ChatConsumer(AsyncWebsocketConsumer):
    """One person's socket in one room.

    Who may not see the room is refused before the socket opens. Close codes: 4401 session over, 4403 no longer of
    this room, 4408 not reading, 4413 too much or too large. ``commands`` lists the frames that come in, ``frames``
    makes those that go out: message, saved, changed, missed, read, typing, here, behind, error.
    """

    seat: Seat | None = None

    async def connect(self) -> None:
        """Give the person a seat in the room, or refuse."""
        self.tasks: set[asyncio.Task[None]] = set()
        user: Person = self.scope["user"]
        room = await _room_for(user, self.scope["url_route"]["kwargs"]["room"])
        if room is None or not isinstance(user, User):
            await self.close()
            return
        self.user, self.room, self.allowance = user, room, Allowance()
        await self.accept()
        session = self.scope["session"].session_key
        self.seat = Seat(room.pk, self.user.pk, name_of(self.user), session, self._end_soon, self._recheck_soon)
        self.writer = self._start(self._write(self.seat))
        hub.join(self.seat)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve the socket; however it ends, the seat is given back."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            if self.seat is not None:
                hub.leave(self.seat)
                self.writer.cancel()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Answer one frame; a broken rule is answered as an error with its code."""
        if self.seat is None:
            return
        if text_data is None or len(text_data) > LONGEST_FRAME or self.allowance.refused > PATIENCE:
            hub.end(self.seat, TOO_MUCH)
            return
        command: Command | None = None
        try:
            command = decode(text_data)
            if not self.allowance.take():
                raise TooFastError
            answer = await self._perform(command)
        except DomainError as error:
            answer = _error_frame(error, command)
        if answer:
            hub.offer(self.seat, answer)

    async def _perform(self, command: Command) -> str:
        if isinstance(command, Typing):
            hub.announce(self.room.pk, encode("typing", person=self.user.pk, name=str(self.user)))
            return ""
        answer: str = await database_sync_to_async(perform)(command, self.room, self.user)
        return answer

    async def _write(self, seat: Seat) -> None:
        while True:
            await self.send(text_data=await seat.frames.get())

    def _end_soon(self, code: int) -> None:
        self._start(self._end(code))

    async def _end(self, code: int) -> None:
        # A reader that has stopped would hold up the closing as well.
        self.writer.cancel()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.close(code=code), SECONDS_TO_CLOSE)

    def _recheck_soon(self) -> None:
        self._start(self._recheck())

    async def _recheck(self) -> None:
        if self.seat is None:
            return
        sessions = import_module(settings.SESSION_ENGINE)
        user = await get_user({"session": sessions.SessionStore(self.seat.session)})
        if user != self.user or await database_sync_to_async(lacks_second_step)(user, timezone.now()):
            hub.end(self.seat, SIGNED_OUT)
        elif await _room_for(user, self.room.pk) is None:
            hub.end(self.seat, LEFT)

    def _start(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        # The loop alone does not keep a task alive.
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task


async def _room_for(user: Person, pk: int) -> Room | None:
    room: Room | None = await database_sync_to_async(_find_room)(user, pk)
    return room


def _find_room(user: Person, pk: int) -> Room | None:
    return Room.objects.visible_to(user).filter(pk=pk).first()


def _error_frame(error: DomainError, command: Command | None) -> str:
    client_id = getattr(command, "client_id", None)
    return encode("error", code=error.code, text=str(error.text), client_id=client_id)
