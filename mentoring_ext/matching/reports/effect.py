"""What weights and options would come to, without keeping anything."""

from dataclasses import dataclass, replace

import numpy as np

from mentoring_ext.groups.models import GroupMember
from mentoring_ext.matching.actions.running import answer_for, is_large
from mentoring_ext.matching.errors import TooManyForEffect
from mentoring_ext.matching.factors import ONE
from mentoring_ext.matching.kept import RunInput
from mentoring_ext.matching.models import MatchRun
from mentoring_ext.matching.outcomes import is_counted
from mentoring_ext.matching.reports.figures import of_hundred
from mentoring_ext.matching.solver import LEFT_OVER, Assignment
from mentoring_ext.matching.solving import Tables, alone_in
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role

SECONDS = 1.0
"""How long a live answer may search for common hours; what it has found by then is shown, as a quick estimate."""


@dataclass(frozen=True)
class Effect:
    """The figures of a pairing that nobody keeps, in points.

    Where there is a run before it, also how its groups would do with the new weights: only this can be compared.
    """

    total: int
    weakest: int | None
    placed: int
    left_over: int
    optimal: bool
    more: int | None = None
    """Where it is only an estimate: by how much the total may rise at most; None where more mentees may be placed."""
    alone: int = 0
    """How many mentees would be alone with a mentor who has more places."""
    changed: int | None = None
    """How many mentees would have another mentor than in the run before."""
    total_before: int | None = None
    weakest_before: int | None = None
    left_over_before: int | None = None


def check_size(cohort: Cohort) -> None:
    """Raise ``TooManyForEffect`` before anybody is read, where more people wait than a page compares."""
    members = cohort.memberships.filter(state=CohortMembership.State.ACTIVE).order_by()
    grouped = GroupMember.objects.present().filter(group__in=cohort.groups.active().order_by()).values("user")
    waiting = members.filter(role=Role.MENTEE).exclude(user__in=grouped).count()
    if is_large(waiting * members.filter(role=Role.MENTOR).count()):
        raise TooManyForEffect


def effect_of(given: RunInput, before: MatchRun | None) -> Effect:
    """Return what the input would come to. Raises ``LocksBroken``."""
    searched = given.options.common_slot or given.options.minimum > 1 or given.options.avoid_alone
    tables, answer = answer_for(given, seconds=SECONDS if searched else None)
    rows = np.flatnonzero(answer.mentor_of != LEFT_OVER)
    scores = tables.scores[rows, answer.mentor_of[rows]]
    effect = Effect(
        of_hundred(int(scores.sum())),
        of_hundred(int(scores.min())) if len(rows) else None,
        len(rows),
        len(answer.left_over),
        answer.optimal,
        of_hundred(round((answer.bound - answer.total) * ONE)) if is_counted(answer) else None,
        int(alone_in(tables, answer.mentor_of).sum()),
    )
    return effect if before is None else _beside(effect, before, tables, answer)


def _beside(effect: Effect, before: MatchRun, tables: Tables, answer: Assignment) -> Effect:
    """Return the effect with what the run before comes to by the same weights."""
    found = zip(tables.mentees, answer.mentor_of, strict=True)
    now = {key: tables.mentors[column] if column != LEFT_OVER else None for key, column in found}
    kept = {key: mentor for key, mentor in before.proposals.values_list("mentee", "mentor") if key in now}
    known = set(tables.mentors)
    old = [tables.score(key, mentor) for key, mentor in kept.items() if mentor in known]
    return replace(
        effect,
        changed=sum(kept[key] != now[key] for key in kept),
        total_before=of_hundred(sum(old)),
        weakest_before=of_hundred(min(old)) if old else None,
        left_over_before=len(now) - len(old),
    )
