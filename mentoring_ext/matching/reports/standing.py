"""What somebody of a group has said to the match, and can still say."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from lms.errors import DomainError
from lms.people.models import User
from lms.plugins import Text
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.matching.actions.asking import check_changeable
from mentoring_ext.matching.models import Confirmation, MatchRequest


@dataclass(frozen=True)
class Standing:
    """The state of the match for one person: ``waiting`` and ``answered`` are the person's own requests.

    ``trouble`` says why the match cannot change, where it cannot.
    """

    group: MentoringGroup
    can_change: bool
    confirmed: bool
    confirmed_by: int
    people: int
    waiting: list[MatchRequest]
    answered: list[MatchRequest]
    trouble: Text = ""

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
    trouble = _trouble_of(group, at)
    people = [person.pk for person in group.people()]
    said = dict(Confirmation.objects.filter(group=group, user__in=people).values_list("user_id", "confirmed_at"))
    # Who came here by an own request reads that it was accepted, though it stands with the former group.
    came = Q(mentee=user, group__cohort=group.cohort_id, state=MatchRequest.State.ACCEPTED)
    own = list(MatchRequest.objects.filter(Q(group=group) | came, asked_by=user).select_related("mentee"))
    return Standing(
        group=group,
        can_change=not trouble and user.pk in people,
        trouble=trouble,
        confirmed=user.pk in said and all(each.asked_at <= said[user.pk] for each in own if each.group_id == group.pk),
        confirmed_by=len(said),
        people=len(people),
        waiting=[request for request in own if request.is_waiting],
        answered=[r for r in own if r.state in (MatchRequest.State.ACCEPTED, MatchRequest.State.DECLINED)],
    )


def _trouble_of(group: MentoringGroup, at: datetime) -> Text:
    try:
        check_changeable(group, at)
    except DomainError as error:
        return error.text
    return ""
