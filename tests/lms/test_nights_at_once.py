"""Several processes that look at the same night in the same moment."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from wagtail import hooks

from lms.plugins import NIGHTLY_TASKS, NightlyTask
from lms.serving.actions import run_night
from lms.serving.models import NightlyRun
from tests.at_once import at_once

NIGHT = date(2026, 10, 5)
AT = datetime(2026, 10, 5, 1, tzinfo=UTC)
NAMES = [f"task{number}" for number in range(12)]


@pytest.fixture
def done() -> Iterator[list[str]]:
    """Register twelve tasks that write down each time they run."""
    ran: list[str] = []

    def task(name: str) -> NightlyTask:
        def run(at: datetime) -> int:
            ran.append(name)
            return 1

        return NightlyTask(name, name, run)

    with hooks.register_temporarily(NIGHTLY_TASKS.name, lambda: [task(name) for name in NAMES]):
        yield ran


@pytest.mark.django_db(transaction=True)
def test_each_task_of_a_night_runs_once_however_many_look(done: list[str]):
    def look() -> list[str]:
        return [run.name for run in run_night(NIGHT, at=AT)]

    taken = [name for names in at_once(look, look, look) for name in names]

    assert sorted(done) == sorted(NAMES)
    assert sorted(taken) == sorted(NightlyRun.objects.exclude(finished_at=None).values_list("name", flat=True))
