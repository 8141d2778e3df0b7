"""Who may pair a cohort's people."""

import rules
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.people.permissions import Person, describe, has_role, is_administrator, roles_of
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.groups.permissions import is_member, is_open
from mentoring_ext.programmes.models import Cohort, Programme
from mentoring_ext.programmes.permissions import keeps_programme


def runs_seen_by(user: Person) -> Q:
    """Return the filter of the runs that ``user`` may read: of cohorts that they coordinate."""
    return Q(cohort__in=_coordinated(user))


def rules_seen_by(user: Person) -> Q:
    """Return the filter of the rules about pairs that ``user`` may read: made in cohorts that they coordinate."""
    return Q(cohort__in=_coordinated(user))


def requests_seen_by(user: Person) -> Q:
    """Return the filter of the requests for another match that ``user`` may read: own ones, and those to answer."""
    return Q(asked_by=user.pk) | Q(group__cohort__in=_coordinated(user))


def _coordinated(user: Person) -> list[int]:
    return [role.scope.pk for role in roles_of(user) if role.name == "coordinator" and isinstance(role.scope, Cohort)]


@rules.predicate
def coordinates(user: Person, cohort: Cohort | None) -> bool:
    """Return whether ``user`` coordinates the cohort."""
    return cohort is not None and has_role(user, "coordinator", cohort)


@rules.predicate
def is_mentee(user: Person, cohort: Cohort | None) -> bool:
    """Return whether ``user`` takes part in the cohort as a mentee."""
    return cohort is not None and has_role(user, "mentee", cohort)


@rules.predicate
def is_shipped(user: Person, programme: Programme | None) -> bool:
    """Return whether the programme is nobody's copy, so that all organisations use it as it is."""
    return programme is not None and programme.organisation_id is None


rules.add_perm("mentoring_matching.pair", coordinates)
rules.add_perm("mentoring_matching.set_defaults", keeps_programme | (is_shipped & is_administrator))
rules.add_perm("mentoring_matching.wish", is_mentee)
rules.add_perm("mentoring_matching.say_to_match", is_member & is_open)

describe("mentoring_matching.pair", _("bring mentors and mentees of a cohort together"), Cohort.objects.visible_to)
describe(
    "mentoring_matching.say_to_match",
    _("confirm a match, or ask for another one"),
    MentoringGroup.objects.visible_to,
)
describe("mentoring_matching.wish", _("say which mentor one would like"), Cohort.objects.visible_to)
describe(
    "mentoring_matching.set_defaults",
    _("set how the pairing of a programme begins"),
    Programme.objects.visible_to,
)
