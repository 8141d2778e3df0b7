"""Cohorts, as duties that go from one coordinator to another."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from lms.people.errors import DutyGone, OwnRights
from lms.people.models import OrganisationMembership, User
from lms.plugins import Duty
from mentoring_ext.programmes.actions import add_member, leave_cohort
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role
from mentoring_ext.programmes.permissions import oversees


def cohorts_coordinated(user: User) -> Iterator[Duty]:
    """Yield the cohorts that the person coordinates and that are not finished."""
    for held in _coordinated(user).select_related("cohort__organisation", "cohort__department"):
        yield Duty(
            key=str(held.pk),
            title=_("Coordinator of “%(cohort)s”") % {"cohort": held.cohort},
            url=held.cohort.get_absolute_url(),
            decided_by=partial(_oversees, cohort=held.cohort),
        )


def _oversees(actor: User, cohort: Cohort) -> bool:
    return bool(oversees.test(actor, cohort))


def other_coordinators(key: str, user: User) -> QuerySet[User]:
    """Return who manages or coordinates something in the same organisation, and not this cohort already."""
    cohort = _held(key, user).cohort
    present = CohortMembership.objects.present()
    near = present.filter(cohort__organisation=cohort.organisation_id, role=Role.COORDINATOR)
    ours = OrganisationMembership.objects.filter(organisation=cohort.organisation_id)
    people = User.objects.filter(Q(pk__in=near.values("user")) | Q(pk__in=ours.values("user")), is_active=True)
    there = present.filter(cohort=cohort, role=Role.COORDINATOR)
    return people.exclude(pk__in=there.values("user")).order_by("last_name", "first_name")


def take_cohort(key: str, user: User, taker: User, actor: User, at: datetime) -> None:
    """Make ``taker`` the coordinator of the cohort in the place of ``user``. Raises ``DutyGone`` and ``OwnRights``."""
    held = _held(key, user)
    if taker.pk == actor.pk:
        raise OwnRights
    add_member(held.cohort, taker, actor=actor, role=Role.COORDINATOR, at=at)
    leave_cohort(held, actor=actor, at=at)


def _coordinated(user: User) -> QuerySet[CohortMembership]:
    held = CohortMembership.objects.present().filter(user=user, role=Role.COORDINATOR)
    return held.exclude(cohort__state=Cohort.State.FINISHED)


def _held(key: str, user: User) -> CohortMembership:
    found = _coordinated(user).select_related("cohort", "user").filter(pk=key).first()
    if found is None:
        raise DutyGone
    return found
