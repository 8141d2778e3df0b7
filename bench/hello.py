"""The reference: an ASGI application that does nothing but answer."""

from typing import Any

BODY = b"<!doctype html><title>Hello</title><p>Hello"
HEADERS = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(BODY)).encode())]


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answer every request with the same few bytes."""
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": BODY})
