"""Serve the whole site from one process."""

import os
import signal
import socket
import sys
import threading
from argparse import ArgumentParser
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from lms.serving.nights import running_nights
from lms.serving.worker import running_worker

SECONDS_FOR_OPEN_REQUESTS = 10
THIS_MACHINE = ("127.0.0.1", "::1", "localhost")


class Command(BaseCommand):
    """Serve pages, sockets and background tasks in one process, until SIGTERM or Ctrl-C.

    Says ``Ready on http://…`` when the site answers that it is in good health. Requests and the task that run when
    it is stopped are finished first.
    """

    help = "Serve pages, sockets and background tasks in one process."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="Address to listen on (default: %(default)s).")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--then", metavar="COMMAND", help="A management command to run when the site is ready.")

    def handle(self, *, host: str, port: int, then: str | None, **options: Any) -> None:
        if settings.DEMO and host not in THIS_MACHINE:
            raise CommandError("The demo's key and passwords are public: it is served to this machine only.")
        listening = _listen(host, port)
        server = uvicorn.Server(
            uvicorn.Config(
                "lms.asgi:application",
                ws="websockets-sansio",
                ws_per_message_deflate=False,
                lifespan="off",
                log_level="warning",
                server_header=False,
                timeout_graceful_shutdown=SECONDS_FOR_OPEN_REQUESTS,
            )
        )
        # uvicorn raises the signal again when it has stopped; the worker still has to end its task then.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: None)
        announcer = threading.Thread(target=self.announce, args=(server, host, port, then), daemon=True)
        with running_worker(), running_nights():
            announcer.start()
            server.run(sockets=[listening])
        if not server.started:
            sys.exit(1)

    def announce(self, server: uvicorn.Server, host: str, port: int, then: str | None) -> None:
        """Wait until the site is in good health and say so; stop waiting when the server stops."""
        url = f"http://{host}:{port}"
        waiting = threading.Event()
        while not server.should_exit:
            if _is_healthy(url):
                self.stdout.write(f"Ready on {url}")
                if then:
                    call_command(then, stdout=self.stdout)
                self.stdout.flush()
                return
            waiting.wait(0.1)


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        raise CommandError(f"Cannot listen on {host}:{port}: {error.strerror}. Try PORT=8123.") from error
    listening.set_inheritable(True)
    return listening


def _is_healthy(url: str) -> bool:
    # The site answers only to its own names, and this address need not be one of them.
    name = settings.ALLOWED_HOSTS[0].lstrip(".*") or "localhost"
    question = Request(f"{url}/health/", headers={"Host": name})  # noqa: S310
    try:
        with urlopen(question, timeout=10) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
