"""Whether the parts that the site stands on answer: asked anew each time, never remembered."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from lms import plugins
from lms.serving import worker

logger = logging.getLogger(__name__)

LONGEST_WAIT = timedelta(minutes=5)
"""A task that is ready for longer than this says that no worker takes tasks."""


class PartError(Exception):
    """A part answers, but not as it should."""


def check_database() -> None:
    """Read one row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def check_channel_layer() -> None:
    """Ask Redis where it carries messages between processes; within one process the hub needs nothing."""
    if settings.REDIS_URL:
        import redis  # costs every command 0.4 s, and a site of one process never asks

        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1) as client:
            client.ping()


def check_task_queue() -> None:
    """Raise ``PartError`` when this process's worker has died, or no worker has taken a ready task for long."""
    if worker.has_died():
        raise PartError("The worker of this process has stopped.")
    then = timezone.now() - LONGEST_WAIT
    at_once = Q(run_after=get_date_max(), enqueued_at__lt=then)
    if DBTaskResult.objects.ready().filter(at_once | Q(run_after__lt=then)).exists():
        raise PartError("Tasks have waited for more than five minutes.")


def check_storage() -> None:
    """Write, find and remove a small file in the store of private files."""
    storage = storages["private"]
    name = storage.save("health", ContentFile(b"Kyklos"))
    try:
        if storage.size(name) != 6:
            raise PartError("A written file has lost its content.")
    finally:
        storage.delete(name)


PARTS: dict[str, Callable[[], None]] = {
    "database": check_database,
    "channel layer": check_channel_layer,
    "task queue": check_task_queue,
    "storage": check_storage,
}


def failing_parts() -> list[str]:
    """Return the names of the parts that fail now, with each reason in the log; plugins add parts by their hook."""
    added = {part.name: part.check for part in plugins.HEALTH_CHECKS.collect()}
    return [name for name, check in (PARTS | added).items() if not _works(name, check)]


def _works(name: str, check: Callable[[], None]) -> bool:
    try:
        check()
    except Exception:
        # Whatever a part raises, the answer is the same: it does not work, and the log says why.
        logger.exception("Health: %s fails", name)
        return False
    return True
