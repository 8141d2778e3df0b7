"""Confirming a kept run: at once where it is small, as a job where it takes longer."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.jobs.actions import start_job_once
from lms.jobs.models import Job
from lms.people.models import User
from mentoring_ext.matching.actions.running import is_large, takes_long
from mentoring_ext.matching.errors import NotConfirmed
from mentoring_ext.matching.models import MatchRun
from mentoring_ext.matching.protocol import verify_run
from mentoring_ext.matching.repeating import kept_input, repeat_run
from mentoring_ext.matching.reports.by_hand import moves_of
from mentoring_ext.matching.solver import Refused
from mentoring_ext.matching.solving import Progress

JOB = "pairing_proof"


def confirm_proof(run: MatchRun) -> str:
    """Check rules, total and bound of a run again from its kept input; return it in words. Raises ``NotConfirmed``."""
    _check_whole(run)
    try:
        verify_run(run)
    except (Refused, ValueError) as error:
        raise NotConfirmed(_("Not confirmed: %(why)s.") % {"why": error}) from error
    return _("The proof holds: rules, total and bound were computed again from the kept input.")


def confirm_by_repeating(run: MatchRun, *, progress: Progress | None = None) -> str:
    """Work a run out again from its kept input; return in words that the same pairs came out.

    Raises ``NotConfirmed``; what ``progress`` raises stops it.
    """
    _check_whole(run)
    try:
        repeated = repeat_run(run, progress=progress)
    except (Refused, ValueError) as error:
        raise NotConfirmed(_("Not confirmed: %(why)s.") % {"why": error}) from error
    if repeated.is_same and moves_of(run).exists():
        return _("Repeated from the kept input: the same pairs came out as before the changes by hand.")
    if repeated.is_same:
        return _("Repeated from the kept input: the same pairs came out.")
    text = ngettext(
        "Repeated from the kept input: %(number)d mentee came to another mentor.",
        "Repeated from the kept input: %(number)d mentees came to another mentor.",
        repeated.different,
    )
    raise NotConfirmed(text % {"number": repeated.different})


def confirming_takes_long(run: MatchRun, *, repeat: bool) -> bool:
    """Whether nobody should wait for it in front of a page. Raises ``NotConfirmed`` for an input that is not right."""
    _check_whole(run)
    if is_large(run.people * run.mentors.count()):
        return True
    try:
        return repeat and takes_long(kept_input(run))
    except Refused as error:
        raise NotConfirmed(_("Not confirmed: %(why)s.") % {"why": error}) from error


def _check_whole(run: MatchRun) -> None:
    """Raise ``NotConfirmed`` when what somebody told went out of the run."""
    if not run.repeatable:
        text = _(
            "Somebody took a consent back or was erased since, and what they told is gone from here. "
            "So this pairing cannot be confirmed any more. Its result and its changes stay."
        )
        raise NotConfirmed(text)


def start_confirming(run: MatchRun, *, repeat: bool, actor: User, at: datetime) -> Job:
    """Repeat a large run, or check its proof, as a job with progress."""
    title = _("Repeat the pairing of %(cohort)s") if repeat else _("Check the proof of the pairing of %(cohort)s")
    data = {"run": run.pk, "repeat": repeat}
    return start_job_once(JOB, actor=actor, title=title % {"cohort": run.cohort}, data=data, at=at)
