"""What somebody of a group has said to the match, and can still say."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from lms.people.models import User
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.matching.actions.asking import begun
from mentoring_ext.matching.models import Confirmation, MatchRequest, MatchRun


@dataclass(frozen=True)
class Standing:
    """The state of the match for one person: ``waiting`` and ``answered`` are the person's own requests."""

    group: MentoringGroup
    can_change: bool
    confirmed: bool
    confirmed_by: int
    people: int
    waiting: list[MatchRequest]
    answered: list[MatchRequest]

    @property
    def is_due(self) -> bool:
        """Whether the person has yet to confirm or to ask."""
        return self.can_change and not self.confirmed and not self.waiting

    @property
    def says_something(self) -> bool:
        """Whether there is anything to show or to do."""
        return self.can_change or bool(self.waiting or self.answered)


def standing_of(group: MentoringGroup, user: User, at: datetime) -> Standing:
    """Read what a person of the group has said, in a fixed number of queries."""
    run = MatchRun.objects.filter(cohort=group.cohort_id, state=MatchRun.State.PUBLISHED)
    published = not group.is_closed and run.exists()
    people = [person.pk for person in group.people()]
    said = set(Confirmation.objects.filter(group=group, user__in=people).values_list("user_id", flat=True))
    # Who came here by an own request reads that it was accepted, though it stands with the former group.
    came = Q(mentee=user, group__cohort=group.cohort_id, state=MatchRequest.State.ACCEPTED)
    own = list(MatchRequest.objects.filter(Q(group=group) | came, asked_by=user).select_related("mentee"))
    return Standing(
        group=group,
        can_change=published and user.pk in people and not group.sessions.filter(begun(at)).exists(),
        confirmed=user.pk in said,
        confirmed_by=len(said),
        people=len(people),
        waiting=[request for request in own if request.is_waiting],
        answered=[r for r in own if r.state in (MatchRequest.State.ACCEPTED, MatchRequest.State.DECLINED)],
    )
