"""The hub: which sockets of this process are in which room, and how a frame reaches them.

It holds nothing that is not in the database as well. Actions call ``announce`` and ``recheck`` after their commit,
from whatever thread they run in; the hub's own state is touched in the event loop of the sockets alone. With
``REDIS_URL`` set, the ``wire`` carries the same calls to the hubs of the other processes.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from contextvars import Context
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from forum.chat.presence import Presence
from forum.chat.wire import Wire

QUEUE = 128
"""Frames that may wait for one socket. Who reads slower than that is closed, and asks for the rest on coming back."""

LEFT, TOO_SLOW, SIGNED_OUT, TOO_MUCH = 4403, 4408, 4401, 4413
"""Close codes: no longer of this room, not reading, session over, sending too much."""


@dataclass(eq=False)
class Seat:
    """One socket in a room. ``close`` ends it with a close code; ``recheck`` asks again whether it may stay."""

    room: int
    person: int
    name: str
    session: str
    close: Callable[[int], None]
    recheck: Callable[[], None]
    frames: asyncio.Queue[str] = field(default_factory=lambda: asyncio.Queue(QUEUE))


class Hub:
    """The seats of one process."""

    def __init__(self, redis_url: str) -> None:
        self.rooms: dict[int, set[Seat]] = {}
        self.presence = Presence(self)
        self.wire = Wire(redis_url, self.receive) if redis_url else None
        self.loop: asyncio.AbstractEventLoop | None = None

    # In the event loop

    def join(self, seat: Seat) -> None:
        """Put a seat into its room."""
        self.loop = asyncio.get_running_loop()
        if self.wire is not None:
            self.wire.listen()
        self.rooms.setdefault(seat.room, set()).add(seat)
        self.presence.changed(seat.room)

    def leave(self, seat: Seat) -> None:
        """Take a seat out of its room; a second time changes nothing."""
        seats = self.rooms.get(seat.room, set())
        if seat in seats:
            seats.discard(seat)
            if not seats:
                del self.rooms[seat.room]
            self.presence.changed(seat.room)

    def offer(self, seat: Seat, frame: str) -> None:
        """Queue a frame for one seat; a seat whose queue is full is closed."""
        try:
            seat.frames.put_nowait(frame)
        except asyncio.QueueFull:
            self.end(seat, TOO_SLOW)

    def end(self, seat: Seat, code: int) -> None:
        """Take a seat out of its room and close its socket."""
        self.leave(seat)
        seat.close(code)

    def deliver(self, room: int, frame: str) -> None:
        """Queue a frame for everybody of this process in the room."""
        for seat in tuple(self.rooms.get(room, ())):
            self.offer(seat, frame)

    def receive(self, call: dict[str, Any]) -> None:
        """Carry out what an action or another process asked for."""
        match call:
            case {"frame": str(frame), "room": int(room)}:
                self.deliver(room, frame)
            case {"recheck": list(people)}:
                for seat in self.seats():
                    if seat.person in people:
                        seat.recheck()
            case {"signed_out": str(session)}:
                for seat in self.seats():
                    if seat.session == session:
                        self.end(seat, SIGNED_OUT)
            case {"here": list(people), "room": int(room), "from": str(process), "ask": bool(ask)}:
                self.presence.heard(room, process, people, ask=ask)
            case {"behind": True}:
                for room in tuple(self.rooms):
                    self.deliver(room, '{"type":"behind"}')

    def seats(self) -> list[Seat]:
        """Return every seat of this process."""
        return [seat for seats in self.rooms.values() for seat in seats]

    # From any thread

    def announce(self, room: int, frame: str) -> None:
        """Bring a frame to everybody in the room, in every process."""
        self._call({"room": room, "frame": frame})

    def recheck(self, people: Iterable[int]) -> None:
        """Ask every socket of these people whether it may stay where it is."""
        self._call({"recheck": list(people)})

    def sign_out(self, session: str) -> None:
        """Close every socket of that session."""
        self._call({"signed_out": session})

    def people_in(self, room: int) -> set[int]:
        """Return the ids of those who are in the room now, as far as this process knows."""
        return {person for person, _ in self.presence.people(room)}

    def _call(self, call: dict[str, Any]) -> None:
        if self.loop is not None:
            # Closed when the server stops while a page's thread still works.
            with contextlib.suppress(RuntimeError):
                # A context of its own: that of the calling thread says that asgiref's one thread is taken.
                self.loop.call_soon_threadsafe(self.receive, call, context=Context())
        if self.wire is not None:
            self.wire.publish(call)


hub = Hub(settings.REDIS_URL)
