"""Servers under measurement, and the processor time that they have used."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.servers import free_port, wait_until


@contextmanager
def running(command: list[str], environment: dict[str, str], port: int) -> Iterator[int]:
    """Run a server until the block ends and give its process id, as soon as it answers."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_until(lambda: process.poll() is not None or _answers(port))
        assert process.poll() is None, f"{command} has stopped"
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def running_site(environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Run the whole site in its one process; give its port and process id."""
    port = free_port()
    with running([sys.executable, "manage.py", "serve", "--port", str(port)], environment, port) as pid:
        yield port, pid


@contextmanager
def running_hello() -> Iterator[tuple[int, int]]:
    """Run the reference under the same server; give its port and process id."""
    port = free_port()
    words = ["bench.hello:application", "--port", str(port), "--log-level", "warning", "--lifespan", "off"]
    with running([sys.executable, "-m", "uvicorn", *words], dict(os.environ), port) as pid:
        yield port, pid


def cpu_of(pid: int) -> float:
    """Return the seconds of processor time that the process has used so far."""
    # Linux keeps a clock for each process, far finer than the ticks in /proc; this is how its number is made.
    return time.clock_gettime((~pid << 3) | 2)


def cpu_of_database(port: int) -> float:
    """Return the seconds that all processes of the PostgreSQL on that port have used."""
    for stat in Path("/proc").glob("[0-9]*/cmdline"):
        words = stat.read_bytes().split(b"\0") if stat.exists() else []
        if b"-p" in words and str(port).encode() in words and words[0].endswith(b"postgres"):
            return sum(cpu_of(pid) for pid in _family(int(stat.parent.name)))
    return 0.0


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)]


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health/", headers={"X-Forwarded-Proto": "https"})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
