"""Long tasks: starting, progress, stopping, failing, lost workers, and clearing away."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from wagtail import hooks

from lms import plugins
from lms.files.models import StoredFile
from lms.jobs import actions, errors
from lms.jobs.models import Job
from lms.jobs.progress import Progress, Pulse, progress_of, tell_to_stop
from lms.jobs.running import RunningJob
from lms.jobs.tasks import run_job
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people.errors import NoAddress
from lms.plugins import JobKind
from tests.make import AUTUMN, make_file, make_job, make_user
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@contextmanager
def kind(run: Callable[[RunningJob], None], **fields: bool) -> Iterator[None]:
    made = JobKind("sheep", "Counting sheep", run, **fields)
    with hooks.register_temporarily(plugins.JOB_KINDS.name, lambda: made):
        yield


def start(run: Callable[[RunningJob], None], capture, **fields) -> Job:
    owner = fields.pop("owner", None) or make_user()
    with kind(run), capture(execute=True):
        job = actions.start_job("sheep", actor=owner, title="Count", data={"until": 3}, at=timezone.now(), **fields)
    job.refresh_from_db()
    return job


def count(running: RunningJob) -> None:
    for number in range(running.data["until"] + 1):
        running.count(number, total=3)
    running.leave({"sheep": 3}, url="/home/", sentence="Three sheep.")


def test_job_runs_once_its_start_is_committed_and_leaves_what_came_out(django_capture_on_commit_callbacks):
    job = start(count, django_capture_on_commit_callbacks)

    assert (job.state, job.done, job.total) == ("done", 3, 3)
    assert (job.result, job.result_url, job.note) == ({"sheep": 3}, "/home/", "Three sheep.")
    assert [entry.verb for entry in Entry.objects.filter(actor=job.owner).order_by("pk")] == ["started", "completed"]


def test_owner_is_told_when_it_is_done(django_capture_on_commit_callbacks):
    job = start(count, django_capture_on_commit_callbacks)

    notice = Notice.objects.get()
    assert (notice.recipient, notice.text, notice.url) == (job.owner, "“Count” is done.", job.get_absolute_url())


def test_job_of_a_kind_that_no_room_has_is_refused():
    with pytest.raises(ValueError, match="unheard"):
        actions.start_job("unheard", actor=make_user(), title="", data={}, at=NOW)


def test_job_whose_plugin_went_away_fails_with_a_sentence():
    job = make_job()

    run_job.func(job.pk)

    job.refresh_from_db()
    assert job.state == "failed"
    assert "switched off" in job.problem


def test_job_that_breaks_a_rule_tells_the_rule(django_capture_on_commit_callbacks):
    def run(running: RunningJob) -> None:
        raise NoAddress

    job = start(run, django_capture_on_commit_callbacks)

    assert (job.state, job.problem) == ("failed", str(NoAddress.text))
    assert Entry.objects.filter(verb="failed").exists()


def test_job_that_crashes_says_so_without_what_only_programmers_read(django_capture_on_commit_callbacks):
    job = start(lambda running: running.data["nothing"], django_capture_on_commit_callbacks)

    assert job.state == "failed"
    assert str(job.pk) in job.problem
    assert "KeyError" not in job.problem


def test_job_leaves_a_file_for_its_owner_alone(client, django_capture_on_commit_callbacks):
    def run(running: RunningJob) -> None:
        running.leave_file("sheep.csv", BytesIO(b"sheep\n3\n"), "text/csv")

    job = start(run, django_capture_on_commit_callbacks)

    client.force_login(job.owner)
    response = client.get(f"/jobs/{job.pk}/file/")
    assert b"".join(response.streaming_content) == b"sheep\n3\n"
    assert response["Content-Disposition"] == 'attachment; filename="sheep.csv"'
    client.force_login(make_user())
    assert client.get(f"/jobs/{job.pk}/file/").status_code == 404


def test_job_runs_once_though_it_is_in_the_queue_twice():
    job = make_job(kind="sheep", data={"until": 0})
    runs: list[object] = []

    with kind(runs.append):
        run_job.func(job.pk)
        run_job.func(job.pk)

    assert len(runs) == 1


def test_cancel_stops_a_job_that_waits():
    job = make_job(kind="sheep")
    runs: list[object] = []

    actions.cancel_job(job, actor=job.owner, at=NOW)

    with kind(runs.append):
        run_job.func(job.pk)
    job.refresh_from_db()
    assert (job.state, runs) == ("cancelled", [])
    assert Entry.objects.get(actor=job.owner).verb == "withdrew"


def test_cancel_refuses_what_is_over():
    with pytest.raises(errors.JobEnded):
        actions.cancel_job(make_job(state="done"), actor=None, at=NOW)


def test_a_job_that_holds_the_database_hears_that_it_shall_stop():
    job = make_job(state="running")
    pulse = Pulse(job)

    tell_to_stop(job)
    pulse._beat()

    assert pulse.cancelled.is_set()


def test_cancel_does_no_harm_to_a_job_that_has_heard_of_it_already():
    job = make_job(state="cancelled", ended_at=NOW)

    actions.cancel_job(job, actor=job.owner, at=NOW)

    job.refresh_from_db()
    assert (job.state, job.cancel_asked) == ("cancelled", True)
    with pytest.raises(errors.JobEnded):
        actions.cancel_job(job, actor=job.owner, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_and_stop_is_heard_while_the_job_runs(monkeypatch, settings):
    monkeypatch.setattr("lms.jobs.progress.SECONDS_BETWEEN_BEATS", 0.01)
    job = make_job(kind="sheep")
    seen: list[Any] = []
    waiting = threading.Event()

    def run(running: RunningJob) -> None:
        running.count(5, total=10, note="Five sheep")
        for _look in range(1000):
            row = Job.objects.get(pk=job.pk)
            if row.done and not seen:
                seen.append((row.done, row.total, row.note))
                actions.cancel_job(row, actor=job.owner, at=NOW)
            running.stop_if_cancelled()
            waiting.wait(0.01)

    with kind(run):
        run_job.func(job.pk)

    job.refresh_from_db()
    assert seen == [(5, 10, "Five sheep")]
    assert job.state == "cancelled"


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_though_the_job_holds_a_transaction_open(monkeypatch):
    from django.db import transaction

    monkeypatch.setattr("lms.jobs.progress.SECONDS_BETWEEN_BEATS", 0.01)
    job, waiting = make_job(kind="sheep", state="waiting"), threading.Event()
    seen: list[Any] = []

    @transaction.atomic
    def run(running: RunningJob) -> None:
        make_user()
        running.count(7, total=10)
        running_row = Job.objects.get(pk=job.pk)
        for _look in range(1000):
            seen[:] = [progress_of(running_row)]
            if seen[0].done == 7:
                break
            waiting.wait(0.01)

    with kind(run):
        run_job.func(job.pk)

    assert seen == [Progress(7, 10)]
    assert cache.get(f"job-progress-{job.pk}") is None


def test_job_whose_worker_died_is_shown_as_interrupted(client):
    job = make_job(state="running", pulse_at=timezone.now() - timedelta(minutes=2))
    client.force_login(job.owner)

    assert "Interrupted" in client.get(job.get_absolute_url()).content.decode()
    assert "Interrupted" in client.get("/jobs/").content.decode()


def test_recovery_ends_what_a_dead_worker_left_and_tells_the_owner():
    job = make_job(state="running", pulse_at=NOW - timedelta(minutes=2))
    alive = make_job(state="running", pulse_at=NOW - timedelta(seconds=10))

    actions.recover_jobs(NOW)

    job.refresh_from_db()
    alive.refresh_from_db()
    assert (job.state, alive.state) == ("interrupted", "running")
    assert Notice.objects.get().recipient == job.owner


def test_recovery_runs_a_job_that_fell_out_of_the_queue():
    job = make_job(kind="sheep", data={"until": 3}, created_at=NOW - timedelta(minutes=5))

    with kind(count):
        actions.recover_jobs(NOW)

    job.refresh_from_db()
    assert job.state == "done"


def test_interrupted_job_of_a_repeatable_kind_is_started_again_by_its_owner(client, django_capture_on_commit_callbacks):
    stored = make_file()
    lost = make_job(kind="sheep", data={"until": 3}, state="running", pulse_at=AUTUMN, input_file=stored)
    client.force_login(lost.owner)

    with kind(count, repeatable=True), django_capture_on_commit_callbacks(execute=True):
        shown = client.get(lost.get_absolute_url())
        client.post(f"/jobs/{lost.pk}/again/")

    again = Job.objects.exclude(pk=lost.pk).get()
    assert "Start it again" in shown.content.decode()
    assert (again.state, again.input_file) == ("done", stored)


def test_job_that_would_do_harm_twice_is_not_started_again():
    with kind(count), pytest.raises(errors.NotRepeatable):
        actions.start_again(make_job(kind="sheep", state="failed"), actor=make_user(), at=NOW)


def test_job_that_still_runs_is_not_started_again():
    job = make_job(kind="sheep", state="running", pulse_at=NOW)

    with kind(count, repeatable=True), pytest.raises(errors.NotRepeatable):
        actions.start_again(job, actor=job.owner, at=NOW)


def test_old_jobs_go_with_their_files():
    old = make_job(state="done", ended_at=AUTUMN, result_file=make_file(), input_file=make_file())
    young = make_job(owner=old.owner, state="done", ended_at=AUTUMN + timedelta(days=2), input_file=old.input_file)

    removed = actions.delete_jobs(before=AUTUMN + timedelta(days=1))

    assert removed == 1
    assert list(Job.objects.all()) == [young]
    assert list(StoredFile.objects.all()) == [young.input_file]


def test_list_page_says_what_long_tasks_are_when_there_are_none(client):
    client.force_login(make_user())

    assert "You have no long tasks" in client.get("/jobs/").content.decode()


def test_list_page_reads_as_often_for_many_jobs(client):
    owner = make_user()
    client.force_login(owner)

    assert_same_queries(lambda: client.get("/jobs/"), lambda: make_job(owner=owner))


def test_page_of_a_running_job_shows_how_far_it_is_and_how_to_stop_it(client):
    job = make_job(state="running", pulse_at=timezone.now(), done=30, total=120, note="Reading")
    client.force_login(job.owner)

    page = client.get(job.get_absolute_url()).content.decode()

    assert 'value="25"' in page
    assert "Reading" in page
    assert "30 of 120" in page
    assert f"/jobs/{job.pk}/cancel/" in page
