"""Who may invite by a list, and what each of them may give."""

from dataclasses import dataclass

import rules
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lms.people.models import Department, Organisation, OrganisationMembership, User
from lms.people.permissions import describe, has_role, is_administrator, manages_somewhere
from mentoring_ext.invitations.choices import COHORT_ROLES, MANAGER, SITE_ROLES
from mentoring_ext.programmes.models import Cohort
from mentoring_ext.programmes.permissions import cohorts_to_invite_to, coordinates_somewhere

rules.add_perm("mentoring_invitations.invite_by_list", coordinates_somewhere | manages_somewhere | is_administrator)

describe("mentoring_invitations.invite_by_list", _("invite many people by a list"))


@dataclass(frozen=True)
class Reach:
    """What somebody may give by a list: in which cohorts, organisations and departments, and which roles.

    ``managed`` are the organisations as a whole, ``departments`` all departments in reach. ``actor`` gets no new role.
    """

    cohorts: tuple[Cohort, ...]
    managed: tuple[Organisation, ...]
    departments: tuple[Department, ...]
    roles: frozenset[str]
    actor: User | None = None


def reach_of(actor: User | None) -> Reach:
    """Return how far ``actor`` reaches, in a fixed number of queries; None is the system, which reaches everything."""
    cohorts = Cohort.objects.exclude(state=Cohort.State.FINISHED).with_phase()
    departments = Department.objects.select_related("organisation")
    if actor is None or is_administrator(actor):
        roles = COHORT_ROLES | {MANAGER} | SITE_ROLES
        return Reach(tuple(cohorts), tuple(Organisation.objects.all()), tuple(departments), roles, actor)
    cohorts = cohorts.filter(cohorts_to_invite_to(actor))
    managed = Organisation.objects.filter(memberships__in=_management_of(actor).filter(department=None)).distinct()
    below = Department.objects.managed_by(actor).order_by().values("pk")
    own = departments.filter(Q(organisation__in=managed) | Q(pk__in=below))
    roles = COHORT_ROLES | ({MANAGER} if has_role(actor, MANAGER) else set())
    return Reach(tuple(cohorts), tuple(managed), tuple(own), frozenset(roles), actor)


def _management_of(user: User | None) -> QuerySet[OrganisationMembership]:
    return OrganisationMembership.objects.filter(user=user, role=OrganisationMembership.Role.MANAGER)
