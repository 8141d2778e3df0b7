"""Background tasks (mail, search index, exports) in a thread of the one process."""

import logging
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import close_old_connections, connection
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from lms.jobs.actions import recover_jobs

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 1.0
_running: set[threading.Thread] = set()


def has_died() -> bool:
    """Return whether this process has started a worker that runs no more."""
    return any(not thread.is_alive() for thread in _running)


@contextmanager
def running_worker() -> Iterator[None]:
    """Take tasks from the database queue until the block ends; the task that runs then is finished first."""
    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=SECONDS_BETWEEN_LOOKS,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=uuid.uuid4().hex,
    )
    stop = threading.Event()
    thread = threading.Thread(target=_keep_running, args=(worker, stop), name="tasks")
    thread.start()
    _running.add(thread)
    try:
        yield
    finally:
        stop.set()
        worker.running = False
        thread.join()
        _running.discard(thread)


def _keep_running(worker: Worker, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            recover_jobs(at=timezone.now())
            worker.run()
        except Exception:
            # The database may be away for a while; the worker must be there when it is back.
            logger.exception("The worker has lost its queue and looks again")
            close_old_connections()
            stop.wait(SECONDS_BETWEEN_LOOKS)
    connection.close()
