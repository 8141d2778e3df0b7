"""A browser's end of a websocket, for tests within one event loop."""

from typing import Any

from asgiref.testing import ApplicationCommunicator


class Socket(ApplicationCommunicator):
    """A websocket to the ASGI application."""

    def __init__(self, application: Any, path: str, headers: list[tuple[bytes, bytes]]) -> None:
        scope = {"type": "websocket", "path": path, "query_string": b"", "headers": headers, "subprotocols": []}
        super().__init__(application, scope)

    async def connect(self) -> bool:
        """Open it and return whether the server accepts."""
        await self.send_input({"type": "websocket.connect"})
        answer = await self.receive_output(20)
        return bool(answer["type"] == "websocket.accept")

    async def send(self, text: str | None = None, data: bytes | None = None) -> None:
        await self.send_input({"type": "websocket.receive", "text": text, "bytes": data})

    async def receive(self, seconds: float = 20) -> str:
        """Return the next text that the server sends."""
        sent = await self.receive_output(seconds)
        assert sent["type"] == "websocket.send", sent
        return str(sent["text"])

    async def disconnect(self) -> None:
        """Close it, unless a test that waited in vain has stopped it already."""
        if self.future.cancelled():
            return
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(20)
