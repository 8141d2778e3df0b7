"""Doing what happens once a night."""

import logging
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.journal.actions import record
from lms.people.models import User
from lms.plugins import NIGHTLY_TASKS, NightlyTask
from lms.serving.models import NightlyRun

logger = logging.getLogger(__name__)


def due_night(at: datetime) -> date | None:
    """Return the night whose time has come last as of ``at``; None where this process keeps out of it.

    However many nights were missed, it is one: the last.
    """
    if not settings.NIGHTLY_TIME:
        return None
    local = timezone.localtime(at)
    has_come = local.time() >= time.fromisoformat(settings.NIGHTLY_TIME)
    return local.date() if has_come else local.date() - timedelta(days=1)


def run_night(night: date, *, at: datetime) -> list[NightlyRun]:
    """Do every task of the night that nobody has done or is doing, and return what came of each.

    A task that raises is logged and kept with its error; the others go on.
    """
    return [_run(task, run) for task in NIGHTLY_TASKS.collect() if (run := _claim(task.name, night, at))]


def _claim(name: str, night: date, at: datetime) -> NightlyRun | None:
    try:
        with transaction.atomic():
            return NightlyRun.objects.create(night=night, name=name, started_at=at)
    except IntegrityError:
        # Somebody was here before; who died over it is taken over, by one alone.
        lost = NightlyRun.objects.lost(at).filter(night=night, name=name)
        return NightlyRun.objects.get(night=night, name=name) if lost.update(started_at=at) else None


def _run(task: NightlyTask, run: NightlyRun) -> NightlyRun:
    try:
        run.count = task.run(run.started_at)
    except Exception as error:
        # A room may fail in any way; the others have work to do all the same.
        logger.exception("Nightly: %s fails", task.name)
        run.error = f"{type(error).__name__}: {error}"[:500]
    run.finished_at = timezone.now()
    run.save(update_fields=["count", "error", "finished_at"])
    return run


@transaction.atomic
def retry_run(run: NightlyRun, *, actor: User, at: datetime) -> None:
    """Have a task that failed done again with the next look, which is within a minute."""
    record("moved", run, actor=actor, data={"again": run.name}, at=at)
    NightlyRun.objects.failed().filter(pk=run.pk).delete()
