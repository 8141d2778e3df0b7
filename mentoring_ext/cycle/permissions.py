"""Who may read the evidence, propose content, and decide on proposals."""

import rules
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.people.permissions import Person, describe, is_administrator, is_editor, manages_somewhere
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role
from mentoring_ext.programmes.permissions import (
    cohorts_overseen_by,
    coordinates,
    coordinates_somewhere,
    oversees,
)


def proposals_seen_by(user: Person) -> Q:
    """Return the filter of the proposals that ``user`` decides on, wrote, coordinates or oversees."""
    if is_editor(user) or is_administrator(user):
        return Q()
    coordinated = CohortMembership.objects.filter(user=user.pk, role=Role.COORDINATOR).values("cohort")
    overseen = Cohort.objects.filter(cohorts_overseen_by(user)).values("pk")
    return Q(author=user.pk) | Q(cohort__in=coordinated) | Q(cohort__in=overseen)


rules.add_perm("mentoring_cycle.view_circle", coordinates_somewhere | manages_somewhere | is_editor | is_administrator)
rules.add_perm("mentoring_cycle.view_evidence", coordinates | oversees | is_administrator)
rules.add_perm("mentoring_cycle.propose", coordinates)
rules.add_perm("mentoring_cycle.decide", is_editor)

describe("mentoring_cycle.view_circle", _("see the pages of the circle"))
describe("mentoring_cycle.view_evidence", _("see the evidence of a cohort"), Cohort.objects.visible_to)
describe("mentoring_cycle.propose", _("propose a lesson out of a cohort’s evidence"), Cohort.objects.visible_to)
describe("mentoring_cycle.decide", _("decide on proposals for lessons"))
