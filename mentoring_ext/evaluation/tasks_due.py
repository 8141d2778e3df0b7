"""Which pairs a person has to evaluate, as soon as a group has held its last session."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from lms.people.models import User
from lms.questionnaires.models import Response
from mentoring_ext.evaluation.models import EvaluationRound
from mentoring_ext.groups.models import GroupMember, MentoringGroup
from mentoring_ext.programmes.models import Role


@dataclass(frozen=True)
class Task:
    """One evaluation by one person: the round, the pair, and the answers so far, if any."""

    round: EvaluationRound
    pair: GroupMember
    due: datetime
    response: Response | None

    @property
    def other(self) -> User:
        """The other person of the pair."""
        return self.pair.user if self.round.role == Role.MENTOR else self.pair.group.mentor

    @property
    def is_draft(self) -> bool:
        """Whether answers were begun and not handed in."""
        return self.response is not None and self.response.state == Response.State.DRAFT

    @property
    def is_done(self) -> bool:
        """Whether the answers were handed in."""
        return self.response is not None and self.response.state == Response.State.SUBMITTED


def pairs_to_evaluate(user: User) -> QuerySet[GroupMember]:
    """Return the pairs that ``user`` is one side of and whose group has held its last session.

    Each has ``finished_at``, the time when the last session was registered.
    """
    finished = MentoringGroup.objects.finished().values("pk")
    return (
        GroupMember.objects.present()
        .filter(Q(user=user) | Q(group__mentor=user), group__in=finished)
        .with_finish()
        .select_related("user", "group__mentor", "group__cohort")
        .order_by("pk")
    )


def tasks_for(user: User) -> list[Task]:
    """Return the evaluations asked of ``user`` so far, in three queries; those handed in stand last."""
    pairs = list(pairs_to_evaluate(user))
    rounds = EvaluationRound.objects.filter(cohort__in={pair.group.cohort_id for pair in pairs})
    responses = Response.objects.filter(respondent=user).about(*pairs)
    given = {(response.version_id, response.subject_id): response for response in responses}
    tasks = _tasks(user, pairs, list(rounds.select_related("cohort", "version__questionnaire")), given)
    return sorted(tasks, key=_order)


def _tasks(
    user: User,
    pairs: list[GroupMember],
    rounds: list[EvaluationRound],
    given: dict[tuple[int, int], Response],
) -> Iterator[Task]:
    for pair in pairs:
        role = Role.MENTEE if pair.user_id == user.pk else Role.MENTOR
        for found in rounds:
            if found.cohort_id == pair.group.cohort_id and found.role == role:
                due = found.due_for(pair.finished_at)
                yield Task(found, pair, due, given.get((found.version_id, pair.pk)))


def _order(task: Task) -> tuple[bool, datetime, str]:
    return (task.is_done, task.due, str(task.other))
