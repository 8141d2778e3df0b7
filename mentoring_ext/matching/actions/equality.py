"""Making the report on equal treatment, once."""

from datetime import datetime
from typing import Any

from django.db import transaction

from lms.journal.actions import record
from lms.people.models import User
from mentoring_ext.matching.errors import CountedAlready
from mentoring_ext.matching.models import EqualityReport, MatchRun
from mentoring_ext.matching.models.run import LARGE_IN_RUN
from mentoring_ext.matching.reports.equality import figures_of, price_of_fairness
from mentoring_ext.programmes.models import Cohort


def report_beside(run: MatchRun) -> EqualityReport | None:
    """Return the cohort's report of another run in which somebody of this run is counted already."""
    mentees = run.proposals.order_by().values("mentee")
    others = EqualityReport.objects.filter(run__cohort=run.cohort_id).exclude(run=run).select_related("run")
    others = others.defer(*LARGE_IN_RUN)
    return others.filter(run__proposals__mentee__in=mentees).distinct().first()


def make_report(run: MatchRun, *, actor: User, at: datetime) -> EqualityReport:
    """Work out how groups of mentees fare in a run, and the price of fairness, and keep it.

    A second time returns what is kept; a report from before prices were kept gets its own. Raises ``CountedAlready``
    when somebody of the run is counted in another report of the cohort, and ``Refused`` where the run does not keep
    what people told as it was.
    """
    known = EqualityReport.objects.filter(run=run).first()
    if known and known.fairness:
        return known
    if known is None and report_beside(run):
        raise CountedAlready
    # It is solved twice for this: nobody has to wait meanwhile with what they want to save.
    fairness = price_of_fairness(run)
    return _keep(run, fairness, actor=actor, at=at)


@transaction.atomic
def _keep(run: MatchRun, fairness: dict[str, Any], *, actor: User, at: datetime) -> EqualityReport:
    Cohort.objects.select_for_update(of=("self",)).get(pk=run.cohort_id)
    known = EqualityReport.objects.filter(run=run).first()
    if known:
        known.fairness = known.fairness or fairness
        known.save(update_fields=["fairness"])
        return known
    if report_beside(run):
        raise CountedAlready
    kept = {"figures": figures_of(run), "fairness": fairness}
    report = EqualityReport.objects.create(run=run, **kept, made_by=actor, made_at=at)
    record("created", report, actor=actor, context=run.cohort, at=at)
    return report
