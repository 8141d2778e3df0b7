"""What the protocol of a run says about the names: when they were hidden, who looked, when they were shown and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mentoring_ext.matching.models import MatchRun, NamesStep
from mentoring_ext.matching.naming import names_out


@dataclass(frozen=True)
class Decided:
    """The steps of the cohort up to the publishing of the run, and the run's changes made by who could see names."""

    steps: list[NamesStep]
    with_names: int

    @property
    def without_names(self) -> bool:
        """Whether names were hidden at some time."""
        return any(step.hides for step in self.steps)

    @property
    def as_json(self) -> list[dict[str, Any]]:
        """The steps for the file, people as keys."""
        return [
            {
                "kind": step.kind,
                "at": step.made_at.isoformat(),
                "by": step.made_by_id,
                "run": step.run_id,
                "page": step.page,
                "reason": names_out(step.reason),
            }
            for step in self.steps
        ]


def decided_how(run: MatchRun) -> Decided:
    """Return how the names stood while a run was decided, in two queries."""
    found = NamesStep.objects.filter(cohort=run.cohort_id).select_related("made_by")
    steps = [step for step in found if run.published_at is None or step.made_at <= run.published_at]
    changes = run.changes.filter(undone_at=None).values_list("made_at", flat=True)
    with_names = sum(any(step.hides for step in steps) and not _hidden_at(steps, made) for made in changes)
    return Decided(steps, with_names)


def _hidden_at(steps: list[NamesStep], moment: datetime) -> bool:
    before = [step for step in steps if step.made_at <= moment and step.kind != NamesStep.Kind.LOOKED]
    return bool(before) and before[-1].hides
