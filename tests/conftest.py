"""What every test stands on: a copied database, quiet folders, and a person at the browser."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import TransactionTestCase

from tests import databases


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their argument: an archive holds the time it was made, and workers must name every test alike."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    # Blocked again in between: a test that does not say it needs the database would leave its rows to the next.
    with django_db_blocker.unblock():
        databases.use_copy(databases.name_for(worker_id))
    yield
    with django_db_blocker.unblock():
        databases.drop_copy()


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
