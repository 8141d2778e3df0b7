"""Asking whether a page reads the database as often for many rows as for one."""

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def assert_same_queries(client: Client, url: str, make: Callable[[], Any], **data: Any) -> None:
    """Assert that GET ``url`` needs as many queries with three objects as with one; ``make`` makes one more.

    Each request starts with an empty cache. What is asked is shown when the numbers differ.
    """
    make()
    client.get(url, data)  # content types and sites are read once a process
    with_one = _queries_of(client, url, data)
    make()
    make()
    with_three = _queries_of(client, url, data)

    added = [query for query in with_three if with_three.count(query) > with_one.count(query)]
    assert len(with_three) == len(with_one), "\n".join(["Asked more often with three objects:", *added])


def _queries_of(client: Client, url: str, data: dict[str, Any]) -> list[str]:
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url, data)
    assert response.status_code == 200, f"{url} answers {response.status_code}"
    return [query["sql"] for query in captured.captured_queries]
