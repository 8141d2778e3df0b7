"""Who is in a room now: the seats of this process, and what the other processes last said of theirs."""

import asyncio
import time
from typing import TYPE_CHECKING

from forum.chat.frames import encode

if TYPE_CHECKING:
    from forum.chat.hub import Hub

People = list[tuple[int, str]]

PAUSE = 0.2
"""Seconds in which comings and goings of a room are gathered into one frame."""
SHOWN = 50
"""People named in a frame; of larger rooms only the number is told beyond that."""
REPEAT, FORGET = 30, 75
"""Seconds after which a process says again who is there, and after which its silence means that it is gone."""


class Presence:
    """Gathers changes and tells the room. ``people`` may be asked from any thread, all else runs in the loop."""

    def __init__(self, hub: "Hub") -> None:
        self.hub = hub
        self.elsewhere: dict[int, dict[str, tuple[float, People]]] = {}
        self.waiting: set[int] = set()
        self.repeating: asyncio.TimerHandle | None = None

    def here(self, room: int) -> People:
        """Return the people whose sockets are in this process."""
        return sorted({(seat.person, seat.name) for seat in tuple(self.hub.rooms.get(room, ()))})

    def people(self, room: int) -> People:
        """Return everybody who is in the room, each once."""
        since = time.monotonic() - FORGET
        others = [people for at, people in tuple(self.elsewhere.get(room, {}).values()) if at > since]
        return sorted({*self.here(room), *(person for people in others for person in people)})

    def changed(self, room: int) -> None:
        """Tell the room and the other processes soon that somebody came or went here."""
        if room not in self.waiting:
            self.waiting.add(room)
            asyncio.get_running_loop().call_later(PAUSE, self._tell, room)

    def heard(self, room: int, process: str, people: list[list[object]], *, ask: bool) -> None:
        """Keep what another process said, tell the room here, and answer where it asks."""
        before = self.people(room)
        known = [(int(str(person)), str(name)) for person, name in people]
        self.elsewhere.setdefault(room, {})[process] = (time.monotonic(), known)
        if self.people(room) != before:
            self._tell_here(room)
        if ask and room in self.hub.rooms:
            self._tell_others(room, ask=False)

    def _tell(self, room: int) -> None:
        self.waiting.discard(room)
        self._tell_here(room)
        self._tell_others(room, ask=True)

    def _tell_here(self, room: int) -> None:
        people = self.people(room)
        self.hub.deliver(room, encode("here", people=people[:SHOWN], count=len(people)))

    def _tell_others(self, room: int, *, ask: bool) -> None:
        if self.hub.wire is None:
            return
        self.hub.wire.publish({"room": room, "here": self.here(room), "ask": ask})
        if self.repeating is None:
            self.repeating = asyncio.get_running_loop().call_later(REPEAT, self._repeat)

    def _repeat(self) -> None:
        self.repeating = None
        for room in self.hub.rooms:
            self._tell_others(room, ask=False)
