"""The small changes that a run keeps beside its answer, and until when they hold."""

from datetime import datetime
from typing import Any

from mentoring_ext.matching.changes import Advice, as_kept, as_read
from mentoring_ext.matching.kept import RunInput, Settled
from mentoring_ext.matching.models import MatchRun


def kept_advice(given: RunInput, advice: Advice, *, at: datetime) -> dict[str, Any]:
    """Return what a run keeps: the advice, and of which locks and exclusions it knows."""
    return as_kept(advice) | {"settled": given.settled.key, "at": at.isoformat()}


def advice_of(run: MatchRun) -> Advice | None:
    """Return the advice that a run keeps, None where nobody looked for it."""
    return as_read(run.advice) if run.advice else None


def is_outdated(run: MatchRun, settled: Settled) -> bool:
    """Whether locks or exclusions changed since the run's advice was worked out."""
    return bool(run.advice) and run.advice.get("settled") != settled.key
