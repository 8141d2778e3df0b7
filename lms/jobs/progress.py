"""How far a running job is, told from a thread of its own: the job's transaction hides nothing of it."""

import threading
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType

from django.core.cache import cache
from django.db import OperationalError, connection
from django.utils import timezone

from lms.jobs.models import Job

SECONDS_BETWEEN_BEATS = 1.0
SECONDS_KEPT = 60
MILLISECONDS_TO_WAIT = 500


@dataclass(frozen=True)
class Progress:
    """How many of how many steps are done, and what happens now, in words."""

    done: int = 0
    total: int | None = None
    note: str = ""

    @property
    def percent(self) -> int | None:
        """How much is done in per cent, or None while nobody knows how much there is."""
        return min(100, 100 * self.done // self.total) if self.total else None


def progress_of(job: Job) -> Progress:
    """Return how far a job is.

    Where the worker runs in this process, its last word comes from the cache: SQLite lets nobody write while a job's
    own transaction does.
    """
    written = Progress(job.done, job.total, job.note)
    if job.state != Job.State.RUNNING:
        return written
    said: Progress = cache.get(_key(job.pk), written)
    return said


def tell_to_stop(job: Job) -> None:
    """Let a job that runs in this process hear that it shall stop, though it may hold the database for itself."""
    cache.set(_stop_key(job.pk), True, SECONDS_KEPT)


def _key(pk: int) -> str:
    return f"job-progress-{pk}"


def _stop_key(pk: int) -> str:
    return f"job-stop-{pk}"


class Pulse:
    """Beats once a second while a job runs: writes its progress, and hears whether its owner wants it to stop."""

    def __init__(self, job: Job) -> None:
        self.pk = job.pk
        self.progress = Progress()
        self.cancelled = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._keep_beating, name=f"job-{job.pk}", daemon=True)

    def __enter__(self) -> "Pulse":
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop.set()
        self._thread.join()
        cache.delete(_key(self.pk))

    def _keep_beating(self) -> None:
        try:
            while not self._stop.wait(SECONDS_BETWEEN_BEATS):
                self._beat()
        finally:
            connection.close()

    def _beat(self) -> None:
        now = self.progress
        cache.set(_key(self.pk), now, SECONDS_KEPT)
        if cache.get(_stop_key(self.pk)):
            self.cancelled.set()
        # While the database is busy or away, the next beat tells.
        with suppress(OperationalError):
            if connection.vendor == "sqlite":
                with connection.cursor() as cursor:
                    cursor.execute(f"PRAGMA busy_timeout = {MILLISECONDS_TO_WAIT}")
            row = Job.objects.filter(pk=self.pk)
            if row.filter(cancel_asked=True).exists():
                self.cancelled.set()
            row.update(done=now.done, total=now.total, note=now.note, pulse_at=timezone.now())
