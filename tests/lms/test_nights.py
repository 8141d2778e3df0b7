"""What happens once a night: once, whoever asks, and one failing task stops no other."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail import hooks

from lms.plugins import NIGHTLY_TASKS, NightlyTask
from lms.serving.actions import due_night, retry_run, run_night
from lms.serving.models import NightlyRun
from tests.make import make_administrator

pytestmark = pytest.mark.django_db
NIGHT = date(2026, 10, 5)
AT = datetime(2026, 10, 5, 1, tzinfo=UTC)
"""Four o'clock in Athens."""


def fail(at):
    raise ValueError("no such thing")


@pytest.fixture
def two_tasks():
    tasks = [NightlyTask("broken", "Breaks", fail), NightlyTask("counting", "Counts", lambda at: 7)]
    with hooks.register_temporarily(NIGHTLY_TASKS.name, lambda: tasks):
        yield


def test_night_is_due_from_its_local_time_on():
    assert due_night(AT) == NIGHT
    assert due_night(AT - timedelta(minutes=31)) == NIGHT - timedelta(days=1)


def test_no_night_is_due_where_something_else_starts_it(settings):
    settings.NIGHTLY_TIME = ""

    assert due_night(AT) is None


def test_failing_task_stops_no_other(two_tasks, caplog):
    runs = {run.name: run for run in run_night(NIGHT, at=AT)}

    assert (runs["broken"].error, runs["broken"].count) == ("ValueError: no such thing", 0)
    assert (runs["counting"].error, runs["counting"].count) == ("", 7)
    assert all(run.finished_at for run in runs.values())
    assert "Nightly: broken fails" in caplog.text


def test_second_process_finds_nothing_to_do(two_tasks):
    run_night(NIGHT, at=AT)

    assert run_night(NIGHT, at=AT + timedelta(minutes=1)) == []


def test_task_whose_process_died_is_taken_over_once(two_tasks):
    NightlyRun.objects.create(night=NIGHT, name="counting", started_at=AT - timedelta(hours=4))
    NightlyRun.objects.create(night=NIGHT, name="broken", started_at=AT - timedelta(hours=1))

    taken = [run.name for run in run_night(NIGHT, at=AT)]

    assert "counting" in taken
    assert "broken" not in taken


def test_missed_nights_are_made_up_for_once(two_tasks):
    run_night(NIGHT - timedelta(days=5), at=AT - timedelta(days=5))

    runs = run_night(due_night(AT), at=AT)

    assert {run.night for run in runs} == {NIGHT}
    assert NightlyRun.objects.filter(name="counting").count() == 2


def test_failed_task_is_done_again_when_somebody_asks(two_tasks):
    run_night(NIGHT, at=AT)

    retry_run(NightlyRun.objects.get(name="broken"), actor=make_administrator(), at=AT)

    assert [run.name for run in run_night(NIGHT, at=AT)] == ["broken"]


def test_command_says_what_failed_and_ends_with_an_error(two_tasks):
    said = StringIO()

    with pytest.raises(CommandError, match="Failed: broken"):
        call_command("nightly", stdout=said)

    assert "counting: 7" in said.getvalue()


def test_command_leaves_alone_what_was_done_tonight():
    call_command("nightly", stdout=StringIO())
    said = StringIO()

    call_command("nightly", stdout=said)

    assert said.getvalue() == "Everything was done tonight already.\n"
