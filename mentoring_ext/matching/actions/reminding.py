"""Who has not said anything to the match yet, and reminding them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.notices.actions import notify
from lms.notices.models import Notice
from lms.people.models import User
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.matching.actions.asking import begun
from mentoring_ext.matching.errors import NobodyToRemind
from mentoring_ext.matching.models import Confirmation, MatchRequest, MatchRun
from mentoring_ext.programmes.models import Cohort
from mentoring_ext.sessions.models import Session

REMINDER = "match_reminder"
A_DAY = timedelta(days=1)
"""Nobody is reminded twice within this time."""


@dataclass(frozen=True)
class Silent:
    """A group in which the match can still change, those of it who have not said anything, and how many have."""

    group: MentoringGroup
    people: list[User]
    answered: int


def silent_in(cohort: Cohort, at: datetime) -> list[Silent]:
    """Return the published groups that can still change, with who neither confirmed nor asks for another match."""
    if not cohort.match_runs.filter(state=MatchRun.State.PUBLISHED).exists():
        return []
    fixed = Session.objects.filter(begun(at), group__cohort=cohort).order_by().values("group")
    groups = cohort.groups.active().exclude(pk__in=fixed).with_people()
    said = set(Confirmation.objects.filter(group__cohort=cohort).order_by().values_list("group", "user"))
    waiting = MatchRequest.objects.waiting().filter(group__cohort=cohort).order_by()
    said |= set(waiting.values_list("group", "asked_by"))
    found = []
    for group in groups:
        people = [group.mentor, *(member.user for member in group.mentees)]
        silent = [person for person in people if (group.pk, person.pk) not in said]
        found.append(Silent(group, silent, len(people) - len(silent)))
    return found


@transaction.atomic
def remind_to_answer(cohort: Cohort, *, actor: User, at: datetime) -> int:
    """Remind everybody who has not said anything to the match; return how many. Raises ``NobodyToRemind``.

    Who was reminded within a day hears nothing.
    """
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    silent = silent_in(cohort, at)
    people = {person.pk for each in silent for person in each.people}
    lately = Notice.objects.filter(kind=REMINDER, recipient__in=people, created_at__gt=at - A_DAY)
    reminded = set(lately.values_list("recipient", flat=True))
    text = _("Please say whether your group fits. Until session 3 you can ask for another match.")
    number = 0
    for each in silent:
        to = [person for person in each.people if person.pk not in reminded]
        number += len(notify(to, REMINDER, text, reverse("mentoring_matching:match_say", args=[each.group.pk])))
    if not number:
        raise NobodyToRemind
    record("wrote", cohort, actor=actor, context=cohort, data={"reminded": number}, at=at)
    return number
