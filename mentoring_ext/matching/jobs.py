"""Large runs worked out, confirmed and published, and small changes looked for, as jobs with progress."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.errors import DomainError
from lms.jobs.errors import JobCancelled
from lms.jobs.models import Job
from lms.jobs.running import RunningJob
from lms.people.permissions import require
from mentoring_ext.matching.actions.proving import confirm_by_repeating, confirm_proof
from mentoring_ext.matching.actions.publishing import publish_run
from mentoring_ext.matching.actions.running import work_out
from mentoring_ext.matching.changes import advice_for
from mentoring_ext.matching.errors import LocksBroken, NotOpen
from mentoring_ext.matching.helping import kept_advice
from mentoring_ext.matching.hiding import names_kept_out
from mentoring_ext.matching.models import MatchRun
from mentoring_ext.matching.reports.now import now_of
from mentoring_ext.matching.solving import Progress

HUNDRED = 100
SECONDS_FOR_CHANGES = 120.0


def run_pairing(running: RunningJob) -> None:
    """Work out the run that the job names; a stopped or failed one says so."""
    run = _run_of(running)
    with names_kept_out(run.cohort):
        _work_out(running, run)


def _work_out(running: RunningJob, run: MatchRun) -> None:
    _mark(run.pk, MatchRun.State.RUNNING)
    # Whoever started the job again has another one than the run began with.
    MatchRun.objects.filter(pk=run.pk).update(job=running.job_pk)
    progress = _progress(running, _("Looking for the best groups"))
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
    run, progress = _run_of(running), _progress(running, _("Working it out again"))
    progress("", 0.0)
    sentence = confirm_by_repeating(run, progress=progress) if running.data["repeat"] else confirm_proof(run)
    url = reverse("mentoring_matching:run_protocol", args=[run.cohort_id, run.pk])
    running.leave({"run": run.pk}, url=url, sentence=sentence)


def run_publishing(running: RunningJob) -> None:
    """Publish the run that the job names, all or nothing; stopped, it opens no group and writes to nobody."""
    run = _run_of(running)

    def count(done: int, total: int) -> None:
        running.stop_if_cancelled()
        running.count(done, total, _("Opening the groups"))

    publish_run(run, actor=running.owner, at=timezone.now(), seen=running.data["seen"], count=count)
    sentence = _("Published. The groups are open, and everybody in them gets a letter.")
    running.leave({"run": run.pk}, url=run.get_absolute_url(), sentence=sentence)


def run_seeking(running: RunningJob) -> None:
    """Work out what would place those whom solving again would leave over, and keep it with the run."""
    run = _run_of(running)
    now = now_of(run)
    if now is None:
        raise NotOpen
    if now.answer is None:
        raise LocksBroken
    progress = _progress(running, _("Trying small changes"))
    advice = advice_for(now.given, now.tables, now.answer, seconds=SECONDS_FOR_CHANGES, progress=progress)
    MatchRun.objects.filter(pk=run.pk).update(advice=kept_advice(now.given, advice, at=timezone.now()))
    number = len(advice.helps)
    sentence = ngettext("%(number)d small change would help.", "%(number)d small changes would help.", number)
    running.leave({"run": run.pk}, url=f"{run.get_absolute_url()}#without", sentence=sentence % {"number": number})


def give_up_pairing(data: dict[str, Any], state: str) -> None:
    """Say of a run whose job was stopped before it began, or lost its worker, that nobody works it out any more."""
    if state == Job.State.CANCELLED:
        _mark(data["run"], MatchRun.State.CANCELLED)
    else:
        _mark(data["run"], MatchRun.State.FAILED, _("It was interrupted. Start it again."))


def _run_of(running: RunningJob) -> MatchRun:
    """Return the run that a job names; raises ``PermissionDenied`` where its owner may not pair any more."""
    run = MatchRun.objects.select_related("cohort", "made_by").get(pk=running.data["run"])
    require(running.owner, "mentoring_matching.pair", run.cohort)
    return run


def _progress(running: RunningJob, note: str) -> Progress:
    """Return what tells a job how far it is, and stops it when its owner wants that."""

    def progress(_what: str, share: float) -> None:
        running.count(round(share * HUNDRED), HUNDRED, note)
        running.stop_if_cancelled()

    return progress


def _mark(pk: int, state: str, problem: str = "") -> None:
    """Say how far a run is, unless it has a result already."""
    closed = [MatchRun.State.PROPOSED, MatchRun.State.PUBLISHED, MatchRun.State.SUPERSEDED]
    MatchRun.objects.filter(pk=pk).exclude(state__in=closed).update(state=state, problem=problem)
