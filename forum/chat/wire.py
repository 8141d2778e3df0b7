"""The wire between the hubs of several processes: Redis pub/sub. What it loses, readers ask the database for."""

import asyncio
import json
import uuid
from collections.abc import Callable
from queue import Full, Queue
from threading import Lock, Thread
from typing import Any

import redis
import redis.asyncio
import structlog
from django.conf import settings

log = structlog.get_logger(__name__)


class Wire:
    """Publishes this process's calls and hands those of the others to ``receive`` in the event loop.

    Publishing never waits: a thread of its own empties a bounded queue, so that a Redis that hangs holds up nobody.
    """

    def __init__(self, url: str, receive: Callable[[dict[str, Any]], None]) -> None:
        self.url = url
        self.receive = receive
        self.process = uuid.uuid4().hex
        self.outbox: Queue[str] = Queue(10_000)
        self.lock = Lock()
        self.publisher: Thread | None = None
        self.listener: asyncio.Task[None] | None = None

    def publish(self, call: dict[str, Any]) -> None:
        """Send a call to the other processes, from any thread."""
        with self.lock:
            if self.publisher is None:
                self.publisher = Thread(target=self._publish, name="chat-wire", daemon=True)
                self.publisher.start()
        try:
            self.outbox.put_nowait(json.dumps(call | {"from": self.process}))
        except Full:
            log.warning("chat_wire_full")

    def _publish(self) -> None:
        client = redis.Redis.from_url(self.url, socket_timeout=5, socket_connect_timeout=5)
        while True:
            call = self.outbox.get()
            try:
                client.publish(settings.LIVE_CHANNEL, call)
            except redis.RedisError as error:
                log.warning("chat_wire_down", error=str(error))

    def listen(self) -> None:
        """Start to listen in the running event loop, unless that happens already."""
        if self.listener is None or self.listener.done() or self.listener.get_loop().is_closed():
            self.listener = asyncio.get_running_loop().create_task(self._listen())

    async def _listen(self) -> None:
        pause = 1
        while True:
            try:
                await self._subscription()
            except redis.RedisError as error:
                log.warning("chat_wire_down", error=str(error))
                await asyncio.sleep(pause)
                pause = min(pause * 2, 15)

    async def _subscription(self) -> None:
        # An idle room is no fault: redis-py 8 would otherwise time out a subscription that hears nothing.
        client = redis.asyncio.Redis.from_url(self.url, socket_timeout=None, socket_connect_timeout=5)
        async with client, client.pubsub(ignore_subscribe_messages=True) as subscription:
            await subscription.subscribe(settings.LIVE_CHANNEL)
            self.receive({"behind": True})
            async for message in subscription.listen():
                call = json.loads(message["data"])
                if call["from"] != self.process:
                    self.receive(call)
