"""Who opens registrations and decides on them: the coordinators of the cohort. Who writes an initial evaluation."""

import rules
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.people.models import User
from lms.people.permissions import Person, describe, has_role, is_administrator
from mentoring_ext.groups.models import GroupMember
from mentoring_ext.programmes.models import Cohort, Role
from mentoring_ext.programmes.permissions import coordinates_somewhere
from mentoring_ext.registrations.models import Opening, Registration
from mentoring_ext.registrations.pairs import pairs_seen_by


def openings_run_by(user: object) -> Q:
    """Return the filter of the openings of the cohorts that ``user`` coordinates."""
    if not isinstance(user, User):
        return Q(pk__in=[])
    return Q(cohort__in=Cohort.objects.coordinated_by(user).values("pk"))


@rules.predicate
def runs_opening(user: Person, opening: Opening) -> bool:
    """The person coordinates the cohort that people register for."""
    return has_role(user, Role.COORDINATOR, opening.cohort)


@rules.predicate
def decides_on(user: Person, registration: Registration) -> bool:
    """The person coordinates the cohort of this registration."""
    return has_role(user, Role.COORDINATOR, registration.opening.cohort)


@rules.predicate
def is_staff_of(user: Person, opening: Opening) -> bool:
    """The person belongs to the organisation that runs the cohort, and so may refer people to it."""
    return isinstance(user, User) and user.organisation_id == opening.cohort.organisation_id


@rules.predicate
def is_in_pair(user: Person, pair: GroupMember) -> bool:
    """The person is the mentee, or the mentor."""
    return user.pk in {pair.user_id, pair.group.mentor_id}


@rules.predicate
def coordinates_pair(user: Person, pair: GroupMember) -> bool:
    """The person coordinates the pair's cohort."""
    return has_role(user, Role.COORDINATOR, pair.group.cohort)


rules.add_perm("mentoring_registrations.list_openings", coordinates_somewhere | is_administrator)
rules.add_perm("mentoring_registrations.run_opening", runs_opening)
rules.add_perm("mentoring_registrations.refer_to", runs_opening | is_staff_of)
rules.add_perm("mentoring_registrations.decide", decides_on)
rules.add_perm("mentoring_registrations.write_initial", is_in_pair)
rules.add_perm("mentoring_registrations.read_initial", is_in_pair | coordinates_pair)

describe("mentoring_registrations.list_openings", _("see and open registrations of mentees"))
describe("mentoring_registrations.run_opening", _("run a registration of mentees"), Opening.objects.run_by)
describe("mentoring_registrations.refer_to", _("refer somebody as a mentee"), Opening.objects.visible_to)
describe("mentoring_registrations.decide", _("decide on a registration"), Registration.objects.visible_to)
describe("mentoring_registrations.write_initial", _("fill in an initial evaluation"), pairs_seen_by)
describe("mentoring_registrations.read_initial", _("read an initial evaluation"), pairs_seen_by)
