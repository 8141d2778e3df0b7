"""Looking once a minute whether the night's work is due, in a thread of the one process."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import close_old_connections, connection
from django.utils import timezone

from lms.serving.actions import due_night, run_night

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 60.0


@contextmanager
def running_nights() -> Iterator[None]:
    """Do what happens once a night until the block ends; the task that runs then is finished first."""
    stop = threading.Event()
    thread = threading.Thread(target=_keep_looking, args=(stop,), name="nights")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _keep_looking(stop: threading.Event) -> None:
    while not stop.wait(SECONDS_BETWEEN_LOOKS):
        try:
            _look()
        except Exception:
            # The database may be away for a while; the next look is in a minute.
            logger.exception("The night's work could not begin and is tried again")
        finally:
            close_old_connections()
    connection.close()


def _look() -> None:
    at = timezone.now()
    if night := due_night(at):
        run_night(night, at=at)
