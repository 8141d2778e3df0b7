"""Looking for the small changes of a run that has an answer, as a job with progress."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.jobs.running import RunningJob
from lms.people.permissions import require
from mentoring_ext.matching.changes import advice_for
from mentoring_ext.matching.errors import LocksBroken, NotOpen
from mentoring_ext.matching.helping import kept_advice
from mentoring_ext.matching.models import MatchRun
from mentoring_ext.matching.reports.now import now_of

SECONDS = 120.0
HUNDRED = 100


def seek_changes_in(running: RunningJob) -> None:
    """Work out what would place those whom solving again would leave over, and keep it with the run."""
    run = MatchRun.objects.select_related("cohort").get(pk=running.data["run"])
    require(running.owner, "mentoring_matching.pair", run.cohort)
    now = now_of(run)
    if now is None:
        raise NotOpen
    if now.answer is None:
        raise LocksBroken

    def progress(_what: str, share: float) -> None:
        running.count(round(share * HUNDRED), HUNDRED, _("Trying small changes"))
        running.stop_if_cancelled()

    advice = advice_for(now.given, now.tables, now.answer, seconds=SECONDS, progress=progress)
    MatchRun.objects.filter(pk=run.pk).update(advice=kept_advice(now.given, advice, at=timezone.now()))
    page = reverse("mentoring_matching:run_detail", args=[run.cohort_id, run.pk])
    sentence = _("%(number)d small changes would help.") % {"number": len(advice.helps)}
    running.leave({"run": run.pk}, url=f"{page}#without", sentence=sentence)
