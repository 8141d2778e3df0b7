"""What every test stands on: a copied database, quiet folders, and a person at the browser."""

import gc
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import TransactionTestCase

from tests import databases
from tests.world import World, make_world

# Modules, models and thousands of tests stay to the end: looking for garbage among them again and again costs much.
gc.set_threshold(50_000, 20, 100)

ASKS_FOR_DATABASE = {"db", "transactional_db", "django_db_setup"}
"""Fixtures of tests that use the database."""
STANDS_ON_ONE = ("django_db", "server", "journey")
"""Marks of such tests."""


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their argument: an archive holds the time it was made, and workers must name every test alike."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks for no database, unless it speaks to a server itself: it need not run with another one again."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if not fixtures & ASKS_FOR_DATABASE and not any(map(item.get_closest_marker, STANDS_ON_ONE)):
            item.add_marker("once")


def pytest_collection_finish() -> None:
    """Keep what is there when the tests begin out of the search for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    # Blocked again in between: a test that does not say it needs the database would leave its rows to the next.
    with django_db_blocker.unblock():
        databases.use_copy(databases.name_for(worker_id))
    yield
    with django_db_blocker.unblock():
        databases.drop_copy()


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Make one world for all tests of a module that ask for it; what a test changes there, it takes back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="session", autouse=True)
def _committed_rows_are_undone() -> Iterator[None]:
    # Django empties all tables after a test that commits, and Wagtail's first pages with them.
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: databases.restore_copy())
    yield
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def _written_files_are_removed() -> Iterator[None]:
    yield
    shutil.rmtree(settings.PRIVATE_ROOT)


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _no_plugin_breaks_unseen(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    # Pages leave out what fails; a test that expects it clears the log.
    yield
    assert [record for record in caplog.get_records("call") if record.name == "lms.plugins"] == []
