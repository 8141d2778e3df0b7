"""Pairs whose initial evaluation somebody sees, or has to do."""

from datetime import datetime

from django.db.models import Q, QuerySet

from lms.people.models import User
from lms.questionnaires.models import Response
from mentoring_ext.groups.models import GroupMember
from mentoring_ext.programmes.models import Cohort


def pairs_seen_by(user: User) -> QuerySet[GroupMember]:
    """Return the mentees' places of which ``user`` is mentee, mentor or coordinator."""
    own = Q(user=user) | Q(group__mentor=user)
    seen = GroupMember.objects.filter(own | Q(group__cohort__in=Cohort.objects.coordinated_by(user).values("pk")))
    return seen.select_related("user", "group__mentor", "group__cohort")


def pairs_to_evaluate(user: User, at: datetime) -> QuerySet[GroupMember]:
    """Return the places of mentee or mentor ``user`` whose first session is fixed and whose evaluation is not done."""
    own = GroupMember.objects.filter(Q(user=user) | Q(group__mentor=user), left_at=None, group__state="active")
    first = own.filter(group__sessions__number=1).exclude(initial_evaluation__response__state=Response.State.SUBMITTED)
    return first.select_related("user", "group__mentor").distinct()
