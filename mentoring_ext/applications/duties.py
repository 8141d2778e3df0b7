"""Applications that somebody was asked to review, as duties that go to another reviewer."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.people.errors import DutyGone
from lms.people.models import OrganisationMembership, User
from lms.plugins import Duty
from mentoring_ext.applications.models import Assignment, Call
from mentoring_ext.applications.permissions import reviews_call
from mentoring_ext.programmes.models import CohortMembership, Role


def reviews_promised(user: User) -> Iterator[Duty]:
    """Yield the applications that wait for the person's scorecard; no applicant is named to who hands over."""
    promised = Assignment.objects.to_do().filter(user=user).select_related("application__call__cohort")
    for number, assignment in enumerate(promised, start=1):
        call = assignment.application.call
        yield Duty(
            key=str(assignment.pk),
            title=_("Review number %(number)s of the call “%(call)s”") % {"number": number, "call": call},
            decided_by=partial(_reviews, call=call),
        )


def _reviews(actor: User, call: Call) -> bool:
    return bool(reviews_call.test(actor, call))


def other_reviewers(key: str, user: User) -> QuerySet[User]:
    """Return the coordinators of the call's cohort, and who holds a role in its organisation."""
    application = _assignment(key, user).application
    coordinators = CohortMembership.objects.present().filter(cohort=application.call.cohort_id, role=Role.COORDINATOR)
    ours = OrganisationMembership.objects.filter(organisation=application.call.organisation_id)
    people = User.objects.filter(Q(pk__in=coordinators.values("user")) | Q(pk__in=ours.values("user")))
    return (
        people.filter(is_active=True)
        .exclude(pk__in=application.assignments.values("user"))
        .exclude(pk=application.user_id or 0)
        .order_by("last_name", "first_name")
    )


def take_review(key: str, user: User, taker: User, actor: User, at: datetime) -> None:
    """Ask ``taker`` for the scorecard in the place of ``user``. Raises ``DutyGone``."""
    assignment = _assignment(key, user)
    assignment.user, assignment.assigned_by, assignment.assigned_at = taker, actor, at
    assignment.save(update_fields=["user", "assigned_by", "assigned_at"])
    data = {"from": user.pk, "to": taker.pk}
    record("handed_over", assignment.application, actor=actor, context=assignment.application.call, data=data, at=at)


def _assignment(key: str, user: User) -> Assignment:
    promised = Assignment.objects.to_do().select_related("application__call")
    found = promised.filter(pk=key, user=user).first()
    if found is None:
        raise DutyGone
    return found
