"""Groups, as duties that go from one mentor to another."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lms.people.errors import DutyGone
from lms.people.models import User
from lms.plugins import Duty
from mentoring_ext.agreements.actions import renew_agreement
from mentoring_ext.groups.actions import change_mentor
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.groups.permissions import coordinates
from mentoring_ext.programmes.actions import readiness
from mentoring_ext.programmes.models import CohortMembership, Role


def groups_mentored(user: User) -> Iterator[Duty]:
    """Yield the open groups that the person mentors; the cohort's coordinator decides on them too."""
    for group in MentoringGroup.objects.active().filter(mentor=user).select_related("cohort"):
        words = {"group": group, "cohort": group.cohort}
        yield Duty(
            key=str(group.pk),
            title=_("Mentor of “%(group)s” in “%(cohort)s”") % words,
            url=group.get_absolute_url(),
            decided_by=partial(_coordinates, group=group),
        )


def _coordinates(actor: User, group: MentoringGroup) -> bool:
    return bool(coordinates.test(actor, group))


def other_mentors(key: str, user: User) -> QuerySet[User]:
    """Return the other mentors of the cohort who are ready for mentoring."""
    cohort = _group(key, user).cohort
    ready = [
        each.member.user_id
        for each in readiness(cohort)
        if each.ready and each.member.role == Role.MENTOR and each.member.state == CohortMembership.State.ACTIVE
    ]
    people = User.objects.filter(pk__in=ready, is_active=True).exclude(pk=user.pk)
    return people.order_by("last_name", "first_name")


def take_group(key: str, user: User, taker: User, actor: User, at: datetime) -> None:
    """Give the group to another mentor; its agreement waits for new signatures. Raises ``DutyGone``."""
    group = change_mentor(_group(key, user), mentor=taker, actor=actor, at=at)
    renew_agreement(group, actor=actor, at=at)


def _group(key: str, user: User) -> MentoringGroup:
    found = MentoringGroup.objects.active().select_related("cohort").filter(pk=key, mentor=user).first()
    if found is None:
        raise DutyGone
    return found
