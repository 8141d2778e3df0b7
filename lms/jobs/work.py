"""Running a job from its start to its end, and ending those whose worker died."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lms.errors import DomainError
from lms.files.actions import forget_rolled_back
from lms.jobs.errors import JobCancelled
from lms.jobs.models import Job
from lms.jobs.progress import Pulse
from lms.jobs.running import RunningJob
from lms.journal.actions import record
from lms.notices.actions import notify
from lms.plugins import JOB_KINDS, JobKind

logger = logging.getLogger(__name__)

QUICK = timedelta(minutes=2)
"""Who waited no longer than this is still there, and needs no mail."""
VERBS = {Job.State.DONE: "completed", Job.State.CANCELLED: "withdrew"}


def kind_named(name: str) -> JobKind | None:
    """Return the registered kind of this name, or None when no room has it (any more)."""
    return next((kind for kind in JOB_KINDS.collect() if kind.name == name), None)


def give_up(job: Job, state: Job.State) -> None:
    """Tell the room whose job this is that it ended without ``run`` hearing of it."""
    kind = kind_named(job.kind)
    if kind and kind.given_up:
        kind.given_up(job.data, state)


def work_on(job_id: int) -> None:
    """Run the job if it still waits; whatever happens is written down, and the owner is told."""
    job = _take(job_id, timezone.now())
    if job is None:
        return
    with translation.override(job.owner.language):
        state, problem, running = Job.State.INTERRUPTED, "", None
        try:
            with Pulse(job) as pulse:
                running = RunningJob(job, pulse)
                state, problem = _run(job, running)
        finally:
            # A worker that is told to stop at once comes past here too.
            end_job(job, state, at=timezone.now(), problem=problem, running=running)
            forget_rolled_back()


def _take(job_id: int, at: datetime) -> Job | None:
    # One statement decides, so that no two workers take the same job.
    waiting = Job.objects.filter(pk=job_id, state=Job.State.WAITING)
    if not waiting.update(state=Job.State.RUNNING, started_at=at, pulse_at=at):
        return None
    return Job.objects.select_related("owner", "input_file").get(pk=job_id)


def _run(job: Job, running: RunningJob) -> tuple[Job.State, str]:
    kind = kind_named(job.kind)
    if kind is None:
        return Job.State.FAILED, _("The part of the site that does this is switched off. Ask your administrator.")
    try:
        kind.run(running)
    except JobCancelled:
        return Job.State.CANCELLED, ""
    except DomainError as error:
        return Job.State.FAILED, str(error.text)
    except Exception:
        # A kind of job may fail in any way; its owner must hear of it, and the worker goes on.
        logger.exception("Job %s (%s) failed", job.pk, job.kind)
        text = _("Something went wrong on our side. Try it again. Tell your administrator this number: %(number)s.")
        return Job.State.FAILED, text % {"number": job.pk}
    return Job.State.DONE, ""


@transaction.atomic
def end_job(job: Job, state: Job.State, *, at: datetime, problem: str = "", running: RunningJob | None = None) -> bool:
    """Write down how a running job ended and tell its owner; return whether this was news."""
    fields: dict[str, Any] = {"state": state, "ended_at": at, "problem": problem}
    if running:
        now = running.progress
        fields |= {"done": now.done, "total": now.total, "note": now.note}
    if running and state == Job.State.DONE:
        fields |= {"note": running.sentence, "result": running.result}
        fields |= {"result_url": running.result_url, "result_file": running.result_file}
    # A job that was taken for dead, while its worker was only slow, ends properly all the same.
    news = Job.objects.filter(pk=job.pk, state__in=[Job.State.RUNNING, Job.State.INTERRUPTED]).update(**fields)
    if news:
        record(VERBS.get(state, "failed"), job, actor=job.owner, data={"kind": job.kind, "state": state}, at=at)
        _tell(job, state, at)
    if news and state == Job.State.INTERRUPTED:
        give_up(job, state)
    return bool(news)


def _tell(job: Job, state: Job.State, at: datetime) -> None:
    sentences = {
        Job.State.DONE: _("“%(title)s” is done."),
        Job.State.FAILED: _("“%(title)s” could not be done. Read why."),
        Job.State.INTERRUPTED: _("“%(title)s” was interrupted. See what you can do."),
    }
    if state in sentences:
        kind = "job_ended" if at - job.created_at < QUICK else "long_job_ended"
        notify([job.owner], kind, sentences[state] % {"title": job.title}, job.get_absolute_url())


def end_interrupted(at: datetime) -> int:
    """End the jobs whose worker died without a word; return how many there were."""
    ended = 0
    for job in Job.objects.interrupted(at).select_related("owner"):
        with translation.override(job.owner.language):
            ended += end_job(job, Job.State.INTERRUPTED, at=at)
    return ended
