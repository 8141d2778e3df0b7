"""Asking whether a page reads the database as often for many rows as for one."""

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext


def assert_same_queries(ask: Callable[[], Any], make: Callable[[], Any]) -> None:
    """Assert that a request asks the database as often with three objects as with one.

    ``ask`` makes the request, as in ``lambda: client.get(url)``, and must be answered by 200; ``make`` makes one more
    object. Each request starts with an empty cache. What was asked more often stands in the failure.
    """
    make()
    ask()  # content types and sites are read once a process
    with_one = _queries_of(ask)
    make()
    make()
    with_three = _queries_of(ask)

    added = [query for query in with_three if with_three.count(query) > with_one.count(query)]
    assert len(with_three) == len(with_one), "\n".join(["Asked more often with three objects:", *added])


def _queries_of(ask: Callable[[], Any]) -> list[str]:
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        response = ask()
    assert response.status_code == 200, f"The page answers {response.status_code}"
    return [query["sql"] for query in captured.captured_queries]
