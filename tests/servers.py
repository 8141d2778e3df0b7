"""Real servers for a test run: PostgreSQL and Redis on free ports, with their data in a temporary folder."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import redis

from tests.machine import program

SECONDS_TO_START = 120
UNPRIVILEGED = ("postgres", "nobody")
"""PostgreSQL refuses to run as root: the first of these users that the machine has runs it then."""


@contextmanager
def postgres() -> Iterator[str]:
    """Run PostgreSQL while the block lasts and give its ``DATABASE_URL``. What it writes is not kept safe."""
    initdb, server = program("initdb"), program("postgres")
    with _folder() as folder:
        data, port, user = folder / "data", free_port(), _unprivileged()
        if user:
            shutil.chown(folder, user)
        subprocess.run(
            [initdb, "-D", data, "-U", "kyklos", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, cwd=folder, **_as(user),
        )  # fmt: skip
        options = [
            "fsync=off", "full_page_writes=off", "synchronous_commit=off", "wal_level=minimal", "max_wal_senders=0",
            "autovacuum=off", "shared_buffers=256MB", "listen_addresses=127.0.0.1", "max_connections=120",
        ]  # fmt: skip
        where = ["-D", str(data), "-p", str(port), "-k", str(folder)]
        command = [server, *where, *(f"-c{option}" for option in options)]
        url = f"postgresql://kyklos@127.0.0.1:{port}/postgres"
        with _running(command, folder, signal.SIGINT, lambda: _is_our_postgres(url, data), user):
            yield url


@contextmanager
def redis_server() -> Iterator[str]:
    """Run Redis while the block lasts and give its ``REDIS_URL``."""
    with _folder() as folder:
        port = free_port()
        where = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
        command = [program("redis-server", "valkey-server"), *where]
        url = f"redis://127.0.0.1:{port}/0"
        with _running(command, folder, signal.SIGTERM, lambda: _is_our_redis(url, folder)):
            yield url


def free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="kyklos-server-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _unprivileged() -> str | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in UNPRIVILEGED if name in known), None)


def _as(user: str | None) -> dict[str, Any]:
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}


@contextmanager
def _running(
    command: list[str], folder: Path, stop: signal.Signals, answers: Callable[[], bool], user: str | None = None
) -> Iterator[None]:
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **_as(user))
    try:
        wait_until(lambda: _check_alive(process, folder / "log") and answers())
        yield
    finally:
        process.send_signal(stop)
        process.wait(timeout=SECONDS_TO_START)


def _check_alive(process: "subprocess.Popen[bytes]", log: Path) -> bool:
    if process.poll() is not None:
        raise RuntimeError(f"{process.args!r} has stopped:\n{log.read_text()}")
    return True


def wait_until(is_so: Callable[[], bool], seconds: float = SECONDS_TO_START) -> None:
    """Ask ten times a second until it is so. Raises ``TimeoutError``."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError(f"Not within {seconds} seconds")
        time.sleep(0.1)


def _is_our_postgres(url: str, data: Path) -> bool:
    # Another server may have taken the port in between; ours is known by its folder.
    try:
        with psycopg.connect(url, connect_timeout=2) as database:
            return database.execute("SHOW data_directory").fetchone() == (str(data),)
    except psycopg.OperationalError:
        return False


def _is_our_redis(url: str, folder: Path) -> bool:
    try:
        with redis.Redis.from_url(url, socket_timeout=2) as client:
            return bool(client.config_get("dir")["dir"] == str(folder))
    except redis.RedisError:
        return False
