"""Who may fill in a sheet, and who may look into the mentors' database."""

import rules
from django.db.models import Q

from lms.people.models import Department, Organisation, User
from lms.people.permissions import Person, has_role, is_administrator, roles_of
from mentoring_ext.profiles.models import MentorProfile
from mentoring_ext.programmes.models import Cohort, CohortMembership


def organisations_served_by(user: Person) -> set[int]:
    """Return the ids of the organisations for which ``user`` coordinates a cohort or is a manager."""
    found: set[int] = set()
    for role in roles_of(user):
        if role.name == "coordinator" and isinstance(role.scope, Cohort):
            found.add(role.scope.organisation_id)
        if role.name == "manager" and isinstance(role.scope, Organisation):
            found.add(role.scope.pk)
        if role.name == "manager" and isinstance(role.scope, Department):
            found.add(role.scope.organisation_id)
    return found


def mentors_seen_by(user: Person) -> Q:
    """Return the filter of the mentors' profiles that ``user`` may see."""
    if is_administrator(user):
        return Q(entered_at__isnull=False)
    served = organisations_served_by(user)
    members = CohortMembership.objects.filter(cohort__organisation__in=served).values("user")
    ours = Q(user__organisation__in=served) | Q(user__in=members)
    return Q(user_id=user.pk) | (Q(entered_at__isnull=False) & ours)


@rules.predicate
def serves_an_organisation(user: Person) -> bool:
    """Return whether ``user`` coordinates a cohort, manages an organisation or administers the site."""
    return has_role(user, {"coordinator", "manager", "administrator"})


@rules.predicate
def is_mentor_to_be(user: Person) -> bool:
    """Return whether ``user`` has a mentor's sheet, or is a mentor in a cohort and may begin one."""
    return has_role(user, "mentor") or MentorProfile.objects.filter(user=user.pk or 0).exists()


@rules.predicate
def is_mentee(user: Person) -> bool:
    """Return whether ``user`` is a mentee in a cohort."""
    return has_role(user, "mentee")


@rules.predicate
def invites_graduate(user: Person, graduate: User | None) -> bool:
    """Return whether ``user`` coordinates or manages where the graduate was a mentee."""
    if graduate is None:
        return bool(serves_an_organisation(user))
    served = organisations_served_by(user)
    return graduate.cohort_memberships.filter(cohort__organisation__in=served, role="mentee").exists()


rules.add_perm("mentoring_profiles.view_mentors", serves_an_organisation)
rules.add_perm("mentoring_profiles.fill_mentor_sheet", is_mentor_to_be)
rules.add_perm("mentoring_profiles.fill_mentee_sheet", is_mentee)
rules.add_perm("mentoring_profiles.invite_graduate", invites_graduate)
