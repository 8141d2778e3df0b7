"""Who plans workshops, who sees them, who keeps scenarios, and who is let into a consultation."""

import rules
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lms.people.models import Department, Organisation, OrganisationMembership
from lms.people.permissions import Person, describe, has_role, is_administrator
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.profiles.models import MentorProfile
from mentoring_ext.programmes.models import CohortMembership, Role
from mentoring_ext.programmes.permissions import (
    departments_to_open_for,
    opens_for,
    organisations_served_whole,
    organisations_to_open_for,
)
from mentoring_ext.workshops.models import Booking, Consultation, Scenario, Workshop

PLANNERS = (Role.COORDINATOR, OrganisationMembership.Role.MANAGER, "trainer", "administrator")


def organisations_planned_for(user: Person) -> QuerySet[Organisation]:
    """Return the organisations that ``user`` plans workshops for; trainers work for all."""
    return Organisation.objects.all() if has_role(user, "trainer") else organisations_to_open_for(user)


def departments_planned_for(user: Person) -> QuerySet[Department]:
    """Return the departments that ``user`` plans workshops for: those served, with all below them."""
    return Department.objects.all() if has_role(user, "trainer") else departments_to_open_for(user)


def organisations_planned_for_whole(user: Person) -> QuerySet[Organisation]:
    """Return the organisations that ``user`` plans workshops for, whatever the department."""
    return Organisation.objects.all() if has_role(user, "trainer") else organisations_served_whole(user)


def plans_for(user: Person, organisation: Organisation, department: Department | None) -> bool:
    """Return whether ``user`` plans workshops for an organisation as a whole, or for this department of it."""
    if department is not None and department.organisation_id != organisation.pk:
        return False
    return has_role(user, "trainer") or opens_for(user, organisation, department)


def workshops_kept_by(user: Person) -> Q:
    """Return the filter of the workshops that ``user`` plans and holds."""
    if not has_role(user, PLANNERS):
        return Q(held_by=user.pk)
    whole = organisations_planned_for_whole(user).order_by().values("pk")
    parts = departments_planned_for(user).order_by().values("pk")
    return Q(held_by=user.pk) | Q(organisation__in=whole) | Q(department__in=parts)


def workshops_seen_by(user: Person) -> Q:
    """Return the filter of the workshops that ``user`` may read about: kept, or announced to them."""
    announced = ~Q(state=Workshop.State.DRAFT)
    booked = Q(pk__in=Booking.objects.filter(user=user.pk).values("workshop"))
    if mentors(user):
        return workshops_kept_by(user) | announced
    at_home = Q(organisation__in=Organisation.objects.filter(people=user.pk).values("pk"))
    return workshops_kept_by(user) | announced & (booked | at_home)


def scenarios_kept_by(user: Person) -> Q:
    """Return the filter of the scenarios that ``user`` writes: own ones, and those of organisations served whole."""
    if not has_role(user, PLANNERS):
        return Q(written_by=user.pk)
    return Q(written_by=user.pk) | Q(organisation__in=organisations_planned_for_whole(user).order_by().values("pk"))


def consultations_seen_by(user: Person) -> Q:
    """Return the filter of the consultations that ``user`` has to do with."""
    coordinated = CohortMembership.objects.present().filter(user=user.pk, role=Role.COORDINATOR)
    of_groups = MentoringGroup.objects.filter(Q(cohort__in=coordinated.values("cohort")) | Q(mentor=user.pk))
    return Q(consultant=user.pk) | Q(asked_by=user.pk) | Q(group__in=of_groups.order_by().values("pk"))


@rules.predicate
def mentors(user: Person) -> bool:
    """The person is a mentor of a cohort, or stands in the mentors' database."""
    if not user.is_authenticated:
        return False
    return has_role(user, Role.MENTOR) or MentorProfile.objects.entered().filter(user=user.pk).exists()


@rules.predicate
def plans_workshops(user: Person) -> bool:
    """The person plans workshops for some organisation."""
    return has_role(user, PLANNERS)


@rules.predicate
def keeps_workshop(user: Person, workshop: Workshop) -> bool:
    """The person plans or holds this workshop."""
    return Workshop.objects.filter(workshops_kept_by(user), pk=workshop.pk).exists()


@rules.predicate
def has_place(user: Person, workshop: Workshop) -> bool:
    """The person has a place in this workshop."""
    return workshop.bookings.filter(user=user.pk, state=Booking.State.BOOKED).exists()


@rules.predicate
def keeps_scenario(user: Person, scenario: Scenario) -> bool:
    """The person writes this scenario; a shipped one is nobody's."""
    return Scenario.objects.filter(scenarios_kept_by(user), pk=scenario.pk).exists()


@rules.predicate
def is_consultant(user: Person, consultation: Consultation) -> bool:
    """The person is asked to help."""
    return consultation.consultant_id == user.pk


@rules.predicate
def asks_for_groups(user: Person) -> bool:
    """The person coordinates a cohort or mentors a group, and so may ask for help."""
    return has_role(user, (Role.COORDINATOR, Role.MENTOR))


@rules.predicate
def guides_consultation(user: Person, consultation: Consultation) -> bool:
    """The person asked for the help, or coordinates the group that gets it."""
    if consultation.asked_by_id == user.pk:
        return True
    group = consultation.group
    return group is not None and has_role(user, Role.COORDINATOR, group.cohort)


rules.add_perm("mentoring_workshops.plan_workshops", plans_workshops)
rules.add_perm("mentoring_workshops.keep_workshop", keeps_workshop)
rules.add_perm("mentoring_workshops.take_part", has_place | keeps_workshop)
rules.add_perm("mentoring_workshops.read_scenarios", mentors | plans_workshops | is_administrator)
rules.add_perm("mentoring_workshops.keep_scenario", keeps_scenario)
rules.add_perm("mentoring_workshops.ask_for_help", asks_for_groups)
rules.add_perm("mentoring_workshops.answer_request", is_consultant)
rules.add_perm("mentoring_workshops.end_consultation", guides_consultation | is_consultant)

describe("mentoring_workshops.plan_workshops", _("plan workshops and write scenarios"))
describe("mentoring_workshops.keep_workshop", _("change a workshop and note who came"), Workshop.objects.visible_to)
describe("mentoring_workshops.take_part", _("open a workshop’s materials and ask there"), Workshop.objects.visible_to)
describe("mentoring_workshops.read_scenarios", _("read the library of scenarios"))
describe("mentoring_workshops.keep_scenario", _("change a scenario"), Scenario.objects.visible_to)
describe("mentoring_workshops.ask_for_help", _("ask a mentor from outside for help"))
describe("mentoring_workshops.answer_request", _("answer a request for help"), Consultation.objects.visible_to)
describe("mentoring_workshops.end_consultation", _("end a consultation"), Consultation.objects.visible_to)
