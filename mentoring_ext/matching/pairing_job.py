"""Large runs, worked out and confirmed again as jobs with progress."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.errors import DomainError
from lms.jobs.errors import JobCancelled
from lms.jobs.models import Job
from lms.jobs.running import RunningJob
from lms.people.permissions import require
from mentoring_ext.matching.actions.proving import confirm_by_repeating, confirm_proof
from mentoring_ext.matching.actions.publishing import publish_run
from mentoring_ext.matching.actions.running import work_out
from mentoring_ext.matching.hiding import names_kept_out
from mentoring_ext.matching.models import MatchRun

HUNDRED = 100


def run_pairing(running: RunningJob) -> None:
    """Work out the run that the job names; a stopped or failed one says so."""
    run = MatchRun.objects.select_related("cohort", "made_by").get(pk=running.data["run"])
    require(running.owner, "mentoring_matching.pair", run.cohort)
    with names_kept_out(run.cohort):
        _run(running, run)


def _run(running: RunningJob, run: MatchRun) -> None:
    _mark(run.pk, MatchRun.State.RUNNING)
    # Whoever started the job again has another one than the run began with.
    MatchRun.objects.filter(pk=run.pk).update(job=running.job_pk)

    def progress(_what: str, share: float) -> None:
        running.count(round(share * HUNDRED), HUNDRED, _("Looking for the best groups"))
        running.stop_if_cancelled()

    try:
        progress("", 0.0)
        run = work_out(run, at=timezone.now(), progress=progress)
    except JobCancelled:
        _mark(run.pk, MatchRun.State.CANCELLED)
        raise
    except Exception as error:
        _mark(run.pk, MatchRun.State.FAILED, str(error.text) if isinstance(error, DomainError) else "")
        raise
    sentence = _("%(placed)s of %(all)s mentees have a mentor.") % {"placed": run.placed, "all": run.people}
    running.leave({"run": run.pk}, url=run.get_absolute_url(), sentence=sentence)


def run_proof(running: RunningJob) -> None:
    """Repeat the run that the job names, or check its proof; nothing is written."""
    run = MatchRun.objects.select_related("cohort").get(pk=running.data["run"])
    require(running.owner, "mentoring_matching.pair", run.cohort)

    def progress(_what: str, share: float) -> None:
        running.count(round(share * HUNDRED), HUNDRED, _("Working it out again"))
        running.stop_if_cancelled()

    progress("", 0.0)
    sentence = confirm_by_repeating(run, progress=progress) if running.data["repeat"] else confirm_proof(run)
    url = reverse("mentoring_matching:run_protocol", args=[run.cohort_id, run.pk])
    running.leave({"run": run.pk}, url=url, sentence=sentence)


def run_publishing(running: RunningJob) -> None:
    """Publish the run that the job names, all or nothing; stopped, it opens no group and writes to nobody."""
    run = MatchRun.objects.select_related("cohort").get(pk=running.data["run"])
    require(running.owner, "mentoring_matching.pair", run.cohort)

    def count(done: int, total: int) -> None:
        running.stop_if_cancelled()
        running.count(done, total, _("Opening the groups"))

    publish_run(run, actor=running.owner, at=timezone.now(), seen=running.data["seen"], count=count)
    sentence = _("Published. The groups are open, and everybody in them gets a letter.")
    running.leave({"run": run.pk}, url=run.get_absolute_url(), sentence=sentence)


def give_up_pairing(data: dict[str, Any], state: str) -> None:
    """Say of a run whose job was stopped before it began, or lost its worker, that nobody works it out any more."""
    if state == Job.State.CANCELLED:
        _mark(data["run"], MatchRun.State.CANCELLED)
    else:
        _mark(data["run"], MatchRun.State.FAILED, _("It was interrupted. Start it again."))


def _mark(pk: int, state: str, problem: str = "") -> None:
    """Say how far a run is, unless it has a result already."""
    closed = [MatchRun.State.PROPOSED, MatchRun.State.PUBLISHED, MatchRun.State.SUPERSEDED]
    MatchRun.objects.filter(pk=pk).exclude(state__in=closed).update(state=state, problem=problem)
