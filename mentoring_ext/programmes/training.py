"""What training a cohort asks for, and how far each member has come."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from lms.courses.models import ActivityPage, ActivityProgress
from lms.people.models import User
from mentoring_ext.programmes.models import Cohort, CohortMembership, Preparation, ProgrammeCourse, Requirement, Role


@dataclass(frozen=True)
class Readiness:
    """How far a member has come with the training that the cohort asks of the role.

    ``missing`` are the activities still to do; ``prepared`` says which preparation workshop stands for them, if any. A
    member is ready when nothing is missing, such a workshop is noted, or the training was waived.
    """

    member: CohortMembership
    required: int
    missing: tuple[ActivityPage, ...]
    prepared: str = ""

    @property
    def done(self) -> int:
        """How many of the required activities are completed."""
        return self.required - len(self.missing)

    @property
    def waived(self) -> bool:
        """Whether the coordinator waived the training."""
        return bool(self.member.waived_because)

    @property
    def ready(self) -> bool:
        """Whether the member may start mentoring."""
        return self.waived or bool(self.prepared) or not self.missing


def readiness(cohort: Cohort, people: Iterable[User] | None = None) -> list[Readiness]:
    """Return the readiness of every member who is there now, or of these people alone, in four queries."""
    present = cohort.memberships.present().select_related("user")
    members = list(present if people is None else present.filter(user__in=list(people)))
    return _readiness_of(cohort, members)


def readiness_of(member: CohortMembership) -> Readiness:
    """Return one member's readiness."""
    return _readiness_of(member.cohort, [member])[0]


def _readiness_of(cohort: Cohort, members: list[CohortMembership]) -> list[Readiness]:
    required = defaultdict(list)
    for requirement in cohort.requirements.select_related("activity"):
        required[requirement.role].append(requirement.activity)
    done = ActivityProgress.objects.filter(
        state=ActivityProgress.State.COMPLETED,
        user__in=[member.user_id for member in members],
        activity__in={activity.pk for activities in required.values() for activity in activities},
    )
    completed = set(done.values_list("user", "activity"))
    prepared = _prepared(members)
    return [
        Readiness(
            member,
            required=len(required[member.role]),
            missing=tuple(a for a in required[member.role] if (member.user_id, a.pk) not in completed),
            prepared=prepared.get(member.user_id, "") if member.role == Role.MENTOR else "",
        )
        for member in members
    ]


def _prepared(members: list[CohortMembership]) -> dict[int, str]:
    mentors = [member.user_id for member in members if member.role == Role.MENTOR]
    return dict(Preparation.objects.filter(user__in=mentors).order_by("taken_at").values_list("user", "note"))


def requirements_now(cohort: Cohort) -> list[Requirement]:
    """Return, unsaved, what the programme's training asks for as it is published at this moment."""
    trainings = ProgrammeCourse.objects.filter(programme=cohort.programme, course__live=True).select_related("course")
    return [
        Requirement(cohort=cohort, role=training.role, course=training.course, activity=activity)
        for training in trainings
        for activity in ActivityPage.objects.child_of(training.course).live()
    ]
