"""What happens before a socket opens."""

from typing import Any

from channels.db import database_sync_to_async
from django.utils import timezone

from lms.people.permissions import lacks_second_step

REFUSED = 4403


class SecondStepFirst:
    """Opens no socket for somebody who lacks a second step that is due; stands behind the sign-in of sockets."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Refuse, or go on."""
        if await database_sync_to_async(lacks_second_step)(scope["user"], timezone.now()):
            await receive()
            await send({"type": "websocket.close", "code": REFUSED})
            return
        await self.inner(scope, receive, send)
