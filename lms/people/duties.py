"""Managing and coordinating for an organisation, as duties that go to another person."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.people.actions.roles import gives_in, grant_organisation_role, withdraw_organisation_role
from lms.people.errors import DutyGone, OwnRights
from lms.people.models import OrganisationMembership, User
from lms.plugins import Duty


def duties_of(user: User) -> Iterator[Duty]:
    """Yield what the person manages and coordinates by name, in one query."""
    held = OrganisationMembership.objects.filter(user=user).select_related("organisation", "department")
    for one in held:
        words = {"role": one.get_role_display(), "place": one.department or one.organisation}
        yield Duty(
            key=str(one.pk),
            title=_("%(role)s of “%(place)s”") % words,
            url=reverse("lms_people:organisation_detail", args=[one.organisation_id]),
            decided_by=partial(gives_in, organisation=one.organisation, department=one.department),
        )


def takers_of(key: str, user: User) -> QuerySet[User]:
    """Return the others who hold a role in the same organisation, or are among its people in that department."""
    held = _held(key, user)
    ours = OrganisationMembership.objects.filter(organisation=held.organisation_id).values("user")
    near = Q(department=held.department_id) if held.department_id else Q(pk__in=[])
    people = User.objects.filter(Q(pk__in=ours) | near, is_active=True).exclude(pk=user.pk)
    return people.exclude(pk__in=_same(held).values("user")).order_by("last_name", "first_name")


def take_over(key: str, user: User, taker: User, actor: User, at: datetime) -> None:
    """Give the role to ``taker`` and take it from ``user``. Raises ``DutyGone`` and ``OwnRights``."""
    held = _held(key, user)
    if taker.pk == actor.pk:
        raise OwnRights
    grant_organisation_role(taker, held.organisation, held.role, actor=actor, department=held.department)
    withdraw_organisation_role(held, actor=actor)


def _held(key: str, user: User) -> OrganisationMembership:
    memberships = OrganisationMembership.objects.select_related("organisation", "department", "user")
    held = memberships.filter(pk=key, user=user).first()
    if held is None:
        raise DutyGone
    return held


def _same(held: OrganisationMembership) -> QuerySet[OrganisationMembership]:
    return OrganisationMembership.objects.filter(
        organisation=held.organisation_id, department=held.department_id, role=held.role
    )
