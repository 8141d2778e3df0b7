"""What a page costs: processor time of the server and the database, queries, and bytes on the way."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection
from statistics import median
from typing import Any

from bench.processes import cpu_of, cpu_of_database, running_hello, running_site

ROUNDS, REQUESTS, WARM_UP = 5, 60, 30


@dataclass(frozen=True)
class Cost:
    """A page's figures: milliseconds of processor time a request in each round, queries, and bytes."""

    name: str
    server: list[float]
    database: list[float]
    queries: int
    raw: int
    packed: int

    @property
    def together(self) -> list[float]:
        """Server and database together, round by round."""
        return [server + database for server, database in zip(self.server, self.database, strict=True)]

    def row(self, reference: "Cost") -> str:
        """Return the page's line of the table; the reference stands for what any answer costs."""
        spread = f"{min(self.together):.1f}–{max(self.together):.1f}"
        times = median(self.together) / max(median(reference.server), 0.01)
        return (
            f"| {self.name} | {median(self.together):.1f} ({spread}) | {median(self.server):.1f} "
            f"| {median(self.database):.1f} | {times:.0f} × | {self.queries} "
            f"| {self.raw / 1024:.1f} / {self.packed / 1024:.1f} |"
        )


def measure_hello() -> Cost:
    """Measure the reference."""
    with running_hello() as (port, pid):
        return _measure({"name": "bare ASGI hello", "address": "/", "cookie": "", "queries": 0}, "", port, pid, 0)


def measure_site(made: dict[str, Any], environment: dict[str, str], database_port: int) -> list[Cost]:
    """Measure each page of the running site."""
    with running_site(environment) as (port, pid):
        return [_measure(page, made["cookie_name"], port, pid, database_port) for page in made["pages"]]


def _measure(page: dict[str, Any], cookie_name: str, port: int, pid: int, database_port: int) -> Cost:
    connection = HTTPConnection("127.0.0.1", port)
    headers = {"X-Forwarded-Proto": "https", "Cookie": f"{cookie_name}={page['cookie']}" if page["cookie"] else ""}

    def ask() -> bytes:
        connection.request("GET", page["address"], headers=headers)
        response = connection.getresponse()
        assert response.status == 200, f"{page['address']} answers {response.status}"
        return response.read()

    body = [ask() for _time in range(WARM_UP)][-1]
    rounds = [_round(ask, pid, database_port) for _round_number in range(ROUNDS)]
    connection.close()
    server, database = zip(*rounds, strict=True)
    packed = len(gzip.compress(body, 6))
    return Cost(page["name"], list(server), list(database), page["queries"], len(body), packed)


def _round(ask: Callable[[], bytes], pid: int, database_port: int) -> tuple[float, float]:
    before = cpu_of(pid), cpu_of_database(database_port) if database_port else 0.0
    for _time in range(REQUESTS):
        ask()
    after = cpu_of(pid), cpu_of_database(database_port) if database_port else 0.0
    server, database = ((end - start) / REQUESTS * 1000 for start, end in zip(before, after, strict=True))
    return server, database
