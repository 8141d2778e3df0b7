"""The answer to a request for another match, before it is given: who moves where, and what it comes to."""

from dataclasses import dataclass
from datetime import datetime

from lms.errors import DomainError
from lms.plugins import Text
from mentoring_ext.matching.actions.asking import check_changeable
from mentoring_ext.matching.errors import NotInThisGroup
from mentoring_ext.matching.models import MatchRequest
from mentoring_ext.matching.rematching import Plan, Step, plan_for
from mentoring_ext.matching.reports.figures import change_of, of_hundred, signed


@dataclass(frozen=True)
class Move:
    """One who moves, with the scores of both pairs in points."""

    step: Step
    before: int
    after: int


@dataclass(frozen=True)
class Answer:
    """The plan in points; ``trouble`` says why there is none.

    ``also_asked`` are the other waiting requests about those who would move.
    """

    plan: Plan | None
    moves: list[Move]
    change: str
    trouble: Text = ""
    also_asked: tuple[MatchRequest, ...] = ()


def answer_in_words(request: MatchRequest, at: datetime) -> Answer:
    """Return who would move, or why nobody can."""
    try:
        check_changeable(request.group, at)
        if not request.group.members.present().filter(user=request.mentee).exists():
            raise NotInThisGroup
        plan = plan_for(request, at)
    except DomainError as error:
        return Answer(None, [], "", error.text)
    moves = [Move(step, of_hundred(step.before), of_hundred(step.after)) for step in plan.steps]
    others = MatchRequest.objects.waiting().filter(group__cohort=request.group.cohort_id).exclude(pk=request.pk)
    asked = others.filter(mentee__in=[step.mentee for step in plan.steps]).with_people()
    return Answer(
        plan, moves, signed(change_of((step.before, step.after) for step in plan.steps)), also_asked=tuple(asked)
    )
