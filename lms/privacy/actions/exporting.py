"""Asking for all of one's data, as a long task that makes one archive."""

import tempfile
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.jobs.actions import delete_jobs, start_job
from lms.jobs.models import Job
from lms.jobs.running import RunningJob
from lms.journal.actions import record
from lms.people.models import User
from lms.plugins import PRIVACY_HANDLERS
from lms.privacy import errors
from lms.privacy.own_data import write_archive

KIND = "own_data"
MOST_A_DAY = 3
OPEN = (Job.State.WAITING, Job.State.RUNNING)


@transaction.atomic
def ask_own_data(user: User, *, at: datetime) -> Job:
    """Have all of a person's data gathered into one archive; while one is made, return that one.

    Raises ``TooManyExports`` ("too_many_exports").
    """
    User.objects.select_for_update().get(pk=user.pk)
    mine = Job.objects.filter(owner=user, kind=KIND)
    running = mine.filter(state__in=OPEN, created_at__gt=at - timedelta(hours=1)).first()
    if running:
        return running
    if mine.filter(created_at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY:
        raise errors.TooManyExports
    return start_job(KIND, actor=user, title=_("All your data in one file"), data={}, at=at)


def make_own_data(running: RunningJob) -> None:
    """Gather the owner's data, room by room, and leave the archive."""
    at, rooms = timezone.now(), len(PRIVACY_HANDLERS.collect())

    def count() -> None:
        running.stop_if_cancelled()
        running.count(running.progress.done + 1, rooms)

    with tempfile.SpooledTemporaryFile(max_size=8 * 1024 * 1024) as target:
        written = write_archive(running.owner, target, at=at, after_each=count)
        running.leave_file(f"my-data-{timezone.localdate(at)}.zip", target, "application/zip")
    running.leave(written, sentence=_("Open “my-data.html” in the file. Keep it safe: it holds everything about you."))
    record("exported", running.owner, actor=running.owner, at=at)


def delete_own_data(before: datetime) -> int:
    """Delete the archives that were ready before that time; return how many."""
    return delete_jobs(before=before, kind=KIND)
