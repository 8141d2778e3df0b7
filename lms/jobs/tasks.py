"""Jobs in the worker, and finding those that a worker lost."""

from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus, default_task_backend, task
from django_tasks_db.models import DBTaskResult

from lms.jobs.models import LONGEST_SILENCE, Job
from lms.jobs.work import end_interrupted, work_on

BEHIND_MAIL = -10
"""Jobs are long: mail and other quick tasks that wait at the same time come first."""


@task(priority=BEHIND_MAIL)
def run_job(job_id: int) -> None:
    """Run a job that waits; one that runs or is over is left alone."""
    end_interrupted(timezone.now())
    _watch(job_id)
    work_on(job_id)


@task()
def watch_job(job_id: int) -> None:
    """See whether a job's worker still lives, and come back for as long as it does."""
    end_interrupted(timezone.now())
    if Job.objects.filter(pk=job_id, state=Job.State.RUNNING).exists():
        _watch(job_id)


def _watch(job_id: int) -> None:
    if default_task_backend.supports_defer:
        later = timezone.now() + LONGEST_SILENCE + timedelta(seconds=30)
        watch_job.using(run_after=later).enqueue(job_id)


def recover_jobs(at: datetime) -> int:
    """End the jobs whose worker died, and put those into the queue again that fell out of it; return how many.

    A process may be killed after a job was written and before its task was. A job that is in the queue twice runs once.
    """
    queued = DBTaskResult.objects.filter(task_path=run_job.module_path, status=TaskResultStatus.READY)
    there = {entry["args"][0] for entry in queued.values_list("args_kwargs", flat=True)}
    waiting = Job.objects.filter(state=Job.State.WAITING, created_at__lt=at - LONGEST_SILENCE)
    lost = [pk for pk in waiting.values_list("pk", flat=True) if pk not in there]
    for pk in lost:
        run_job.enqueue(pk)
    return end_interrupted(at) + len(lost)
