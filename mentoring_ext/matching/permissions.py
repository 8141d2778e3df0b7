"""Who may pair a cohort's people."""

import rules
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.people.permissions import Person, describe, has_role, roles_of
from mentoring_ext.programmes.models import Cohort


def runs_seen_by(user: Person) -> Q:
    """Return the filter of the runs that ``user`` may read: of cohorts that they coordinate."""
    own = [role.scope.pk for role in roles_of(user) if role.name == "coordinator" and isinstance(role.scope, Cohort)]
    return Q(cohort__in=own)


@rules.predicate
def coordinates(user: Person, cohort: Cohort | None) -> bool:
    """Return whether ``user`` coordinates the cohort."""
    return cohort is not None and has_role(user, "coordinator", cohort)


rules.add_perm("mentoring_matching.pair", coordinates)

describe("mentoring_matching.pair", _("bring mentors and mentees of a cohort together"), Cohort.objects.visible_to)
