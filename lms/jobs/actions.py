"""Starting a long task, stopping it, starting it again, and clearing away what is old."""

from datetime import datetime
from typing import Any

from django.db import transaction

from lms.files.actions import delete_file
from lms.files.models import StoredFile
from lms.jobs import errors
from lms.jobs.models import Job
from lms.jobs.progress import tell_to_stop
from lms.jobs.tasks import recover_jobs, run_job
from lms.jobs.work import give_up, kind_named
from lms.journal.actions import record
from lms.people.models import User

__all__ = ["cancel_job", "delete_jobs", "may_start_again", "recover_jobs", "start_again", "start_job"]


@transaction.atomic
def start_job(
    kind: str, *, actor: User, title: str, data: dict[str, Any], at: datetime, file: StoredFile | None = None
) -> Job:
    """Have a long task done by the worker once this transaction is committed; ``actor`` alone sees it.

    ``kind`` is the name of a registered ``JobKind``, ``data`` plain data for JSON, ``title`` what the person reads.
    Lead the person to ``job.get_absolute_url()``. Raises ``ValueError`` for a kind that no room registered.
    """
    if kind_named(kind) is None:
        raise ValueError(f"{kind!r} is not a registered kind of job")
    job = Job.objects.create(kind=kind, title=title[:250], owner=actor, data=data, input_file=file, created_at=at)
    record("started", job, actor=actor, data={"kind": kind}, at=at)
    transaction.on_commit(lambda: run_job.enqueue(job.pk))
    return job


def start_job_once(kind: str, *, actor: User, title: str, data: dict[str, Any], at: datetime) -> Job:
    """Start a job, unless the same one of this person waits or runs already: then return that one.

    Who presses a button again and again has it done once. Raises as ``start_job`` does.
    """
    under_way = Job.objects.filter(kind=kind, owner=actor, data=data, state__in=[Job.State.WAITING, Job.State.RUNNING])
    return under_way.first() or start_job(kind, actor=actor, title=title, data=data, at=at)


def cancel_job(job: Job, *, actor: User, at: datetime) -> Job:
    """Stop a job: one that waits at once, one that runs at the next place where it can. Raises ``JobEnded``."""
    # A job that writes on SQLite lets nobody else write: it hears first, and gives the database free.
    tell_to_stop(job)
    return _note_cancelled(job, actor=actor, at=at)


@transaction.atomic
def _note_cancelled(job: Job, *, actor: User, at: datetime) -> Job:
    job = Job.objects.select_for_update().get(pk=job.pk)
    never_began = job.state == Job.State.WAITING
    # One that heard of it may be over while this waited for the database.
    has_heard = job.state == Job.State.CANCELLED and not job.cancel_asked
    if never_began:
        job.state, job.ended_at = Job.State.CANCELLED, at
    elif job.state != Job.State.RUNNING and not has_heard:
        raise errors.JobEnded
    job.cancel_asked = True
    job.save(update_fields=["state", "ended_at", "cancel_asked"])
    if never_began:
        give_up(job, Job.State.CANCELLED)
    record("withdrew", job, actor=actor, data={"kind": job.kind}, at=at)
    return job


def may_start_again(job: Job, *, at: datetime) -> bool:
    """Return whether the job ended without a result, and its kind may simply run once more."""
    kind = kind_named(job.kind)
    open_states = [Job.State.WAITING, Job.State.RUNNING, Job.State.DONE]
    ended = job.state not in open_states or Job.objects.interrupted(at).filter(pk=job.pk).exists()
    return bool(kind and kind.repeatable and ended)


@transaction.atomic
def start_again(job: Job, *, actor: User, at: datetime) -> Job:
    """Start a job anew with what the old one was given; the old one stays as it is. Raises ``NotRepeatable``."""
    if not may_start_again(job, at=at):
        raise errors.NotRepeatable
    return start_job(job.kind, actor=actor, title=job.title, data=job.data, at=at, file=job.input_file)


def delete_jobs(*, before: datetime, kind: str = "") -> int:
    """Delete the jobs (of one kind) that are over since before that time, with their files; return how many."""
    ended = Job.objects.ended_before(before)
    old = list(ended.filter(kind=kind) if kind else ended)
    _delete(old)
    return len(old)


@transaction.atomic
def delete_jobs_of(user: User) -> None:
    """Delete a person's jobs with their files."""
    _delete(list(Job.objects.filter(owner=user)))


def _delete(jobs: list[Job]) -> None:
    files = {pk for job in jobs for pk in (job.input_file_id, job.result_file_id) if pk}
    Job.objects.filter(pk__in=[job.pk for job in jobs]).delete()
    # A job that was started again shares its file with the one before.
    for stored in StoredFile.objects.unused().filter(pk__in=files):
        delete_file(stored, actor=None)
