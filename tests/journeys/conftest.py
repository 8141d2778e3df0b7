"""One running site and one browser for all journeys, and a window for each person."""

import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, sync_playwright

from tests import databases, machine
from tests.journeys.outbox import Outbox
from tests.journeys.person import Person
from tests.journeys.site import running_site

FAILED = pytest.StashKey[bool]()
"""Whether a phase of the test has failed."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest journey: the other worker walks the short ones meanwhile."""
    items.sort(key=lambda item: item.path.name != "test_circle.py")


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the running site keeps its database, its files and the mail that it sends."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="session")
def outbox(site_folder: Path) -> Outbox:
    """The mail that the running site sent."""
    return Outbox(site_folder / "mail")


@pytest.fixture(scope="session")
def site(django_db_blocker: Any, site_folder: Path) -> Iterator[str]:
    """The running site's address. Makers write into its database, as long as the journey lasts and after."""
    folder = site_folder
    patch = pytest.MonkeyPatch()
    # Playwright's own loop runs in this thread; Django would take the makers for asynchronous code.
    patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    patch.setattr(settings, "PASSWORD_HASHERS", ["django.contrib.auth.hashers.PBKDF2PasswordHasher"])
    with django_db_blocker.unblock():
        databases.use_copy(os.fspath(folder / "kyklos.sqlite3"))
        with running_site(folder) as address:
            yield address
        connection.close()
    patch.undo()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=machine.browser(), args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def person(site: str, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[[str], Person]]:
    """Opens a window for a person by a name: ``mentor = person("mentor")``. A failure leaves pictures."""
    people: list[Person] = []

    def open_window(name: str) -> Person:
        people.append(Person(browser, site, name))
        return people[-1]

    yield open_window
    failed = request.node.stash.get(FAILED, False)
    for each in people:
        if failed:
            each.photograph(request.node.name)
        each.context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[FAILED] = report.failed or item.stash.get(FAILED, False)
    return report
