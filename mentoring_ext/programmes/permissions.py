"""Who may open, see and run cohorts."""

from functools import reduce
from operator import or_

import rules
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lms.people.models import Department, Organisation, OrganisationMembership
from lms.people.permissions import (
    Person,
    describe,
    has_role,
    is_administrator,
    manages,
    manages_somewhere,
    roles_of,
)
from mentoring_ext.programmes.models import (
    ChecklistItem,
    ChecklistTemplate,
    Cohort,
    CohortMembership,
    Programme,
    Role,
    Ticker,
)

SERVING = {Role.COORDINATOR, OrganisationMembership.Role.MANAGER, OrganisationMembership.Role.COORDINATOR}
"""Roles that open cohorts where they are held."""


def cohorts_seen_by(user: Person) -> Q:
    """Return the filter of the cohorts that ``user`` takes part in, oversees as a manager, or administers."""
    if is_administrator(user):
        return Q()
    member = CohortMembership.objects.present().filter(user=user.pk)
    return Q(pk__in=member.values("cohort")) | cohorts_overseen_by(user)


def cohorts_overseen_by(user: Person) -> Q:
    """Return the filter of the cohorts of the organisations and departments, with all below, that ``user`` manages."""
    whole = Organisation.objects.managed_by(user).order_by().values("pk")
    return Q(organisation__in=whole) | Q(department__in=Department.objects.managed_by(user).order_by().values("pk"))


def cohorts_to_invite_to(user: Person) -> Q:
    """Return the filter of the cohorts that ``user`` brings people into: those coordinated or overseen, or all."""
    if is_administrator(user):
        return Q()
    coordinated = CohortMembership.objects.present().filter(user=user.pk, role=Role.COORDINATOR)
    return Q(pk__in=coordinated.values("cohort")) | cohorts_overseen_by(user)


def organisations_managed_by(user: Person) -> QuerySet[Organisation]:
    """Return the organisations that ``user`` manages, whole or a department of; all for an administrator."""
    if is_administrator(user):
        return Organisation.objects.all()
    manager = OrganisationMembership.objects.filter(user=user.pk, role=OrganisationMembership.Role.MANAGER)
    return Organisation.objects.filter(pk__in=manager.values("organisation"))


def keeps_checklists_of(user: Person, organisation: Organisation, department: Department | None) -> bool:
    """Return whether ``user`` writes checklists there: who manages a department alone binds no other one."""
    return bool(is_administrator(user)) or manages(user, organisation, department)


def departments_with_checklists_of(user: Person) -> QuerySet[Department]:
    """Return the departments for which ``user`` writes checklists."""
    if is_administrator(user):
        return Department.objects.all()
    whole = Organisation.objects.managed_by(user).order_by().values("pk")
    managed = Department.objects.managed_by(user).order_by().values("pk")
    return Department.objects.filter(Q(organisation__in=whole) | Q(pk__in=managed))


def checklists_kept_by(user: Person) -> Q:
    """Return the filter of the checklist templates that ``user`` sees: those of the organisations managed."""
    return Q(organisation__in=organisations_managed_by(user).order_by().values("pk"))


def checklists_seen_by(user: Person) -> Q:
    """Return the filter of cohorts' checklist items that ``user`` sees: as coordinator, manager or administrator."""
    if is_administrator(user):
        return Q()
    coordinated = CohortMembership.objects.present().filter(user=user.pk, role=Role.COORDINATOR)
    overseen = Cohort.objects.filter(cohorts_overseen_by(user)).order_by()
    return Q(cohort__in=coordinated.values("cohort")) | Q(cohort__in=overseen.values("pk"))


def organisations_to_open_for(user: Person) -> QuerySet[Organisation]:
    """Return the organisations that ``user`` may open a cohort for, as a whole or for a department of it; or all."""
    if is_administrator(user):
        return Organisation.objects.all()
    whole, parts = _places_of(user)
    return Organisation.objects.filter(pk__in=whole | {part.organisation_id for part in parts})


def organisations_served_whole(user: Person) -> QuerySet[Organisation]:
    """Return the organisations that ``user`` may open a cohort for as a whole, or all."""
    if is_administrator(user):
        return Organisation.objects.all()
    return Organisation.objects.filter(pk__in=_places_of(user)[0])


def programmes_to_open(user: Person) -> Q:
    """Return the filter of the programmes that ``user`` may run: shipped ones, and those along the own branch.

    Who serves a department sees the programmes of the whole organisation, of the departments above and of all below.
    """
    if is_administrator(user):
        return Q()
    whole, parts = _places_of(user)
    above = {int(key) for part in parts for key in part.path.strip("/").split("/")}
    shared = Q(organisation__in={part.organisation_id for part in parts}, department=None)
    branch = Q(department__in=above) | Q(department__in=departments_to_open_for(user).order_by().values("pk"))
    return Q(organisation=None) | Q(organisation__in=whole) | shared | branch


def departments_to_open_for(user: Person) -> QuerySet[Department]:
    """Return the departments that ``user`` may open a cohort for: those served and all below them, or all."""
    if is_administrator(user):
        return Department.objects.all()
    whole, parts = _places_of(user)
    below = (Q(path__startswith=part.path) for part in parts)
    return Department.objects.filter(reduce(or_, below, Q(organisation__in=whole)))


def opens_for(user: Person, organisation: Organisation, department: Department | None = None) -> bool:
    """Return whether ``user`` may open a cohort for an organisation as a whole, or for this department of it."""
    if department is not None and department.organisation_id != organisation.pk:
        return False
    whole, parts = _places_of(user)
    if is_administrator(user) or organisation.pk in whole:
        return True
    return department is not None and any(department.is_below(part) for part in parts)


def opens_for_a_whole_organisation(user: Person) -> bool:
    """Return whether ``user`` may open a cohort for some organisation as a whole."""
    return bool(is_administrator(user)) or bool(_places_of(user)[0])


def _places_of(user: Person) -> tuple[set[int], list[Department]]:
    """Return the keys of the organisations that ``user`` serves as a whole, and the departments served beyond them."""
    scopes = [role.scope for role in roles_of(user) if role.name in SERVING]
    places = [scope.department or scope.organisation if isinstance(scope, Cohort) else scope for scope in scopes]
    whole = {place.pk for place in places if isinstance(place, Organisation)}
    return whole, [place for place in places if isinstance(place, Department)]


@rules.predicate
def is_member(user: Person, cohort: Cohort) -> bool:
    """The person takes part in this cohort, in whatever role."""
    return has_role(user, Role.values, cohort)


@rules.predicate
def coordinates(user: Person, cohort: Cohort) -> bool:
    """The person coordinates this cohort."""
    return has_role(user, Role.COORDINATOR, cohort)


@rules.predicate
def coordinates_somewhere(user: Person) -> bool:
    """The person coordinates a cohort, whichever."""
    return has_role(user, Role.COORDINATOR)


@rules.predicate
def oversees(user: Person, cohort: Cohort) -> bool:
    """The person manages the cohort's organisation or department and so sees its figures."""
    return manages(user, cohort.organisation, cohort.department)


@rules.predicate
def settles(user: Person, item: ChecklistItem) -> bool:
    """The item is the person's to settle: as coordinator of the cohort, as manager, or as either."""
    asked = [role for role in (Ticker.COORDINATOR, Ticker.MANAGER) if item.ticked_by in {role, Ticker.EITHER}]
    found = {Ticker.COORDINATOR: coordinates, Ticker.MANAGER: oversees}
    return any(found[role](user, item.cohort) for role in asked)


@rules.predicate
def oversees_item(user: Person, item: ChecklistItem) -> bool:
    """The person manages the organisation or department of the item's cohort."""
    return bool(oversees(user, item.cohort))


@rules.predicate
def keeps_template(user: Person, template: ChecklistTemplate) -> bool:
    """The checklist belongs to an organisation, or to a department of it, that the person manages."""
    if template.organisation is None:
        return False
    return keeps_checklists_of(user, template.organisation, template.department)


@rules.predicate
def keeps_programme(user: Person, programme: Programme) -> bool:
    """The programme is a copy for a place that the person opens cohorts for: whoever may copy may adapt the copy."""
    return programme.organisation is not None and opens_for(user, programme.organisation, programme.department)


rules.add_perm("mentoring_programmes.view_checklist", coordinates | oversees | is_administrator)
rules.add_perm("mentoring_programmes.extend_checklist", coordinates | oversees)
rules.add_perm("mentoring_programmes.settle_item", settles)
rules.add_perm("mentoring_programmes.excuse_item", oversees_item)
rules.add_perm("mentoring_programmes.keep_checklists", manages_somewhere | is_administrator)
rules.add_perm("mentoring_programmes.change_template", keeps_template)
rules.add_perm("mentoring_programmes.transfer_programme", coordinates_somewhere | manages_somewhere | is_administrator)
rules.add_perm("mentoring_programmes.change_programme", keeps_programme)
rules.add_perm("mentoring_programmes.open_cohort", coordinates_somewhere | manages_somewhere | is_administrator)
rules.add_perm("mentoring_programmes.view_cohort", is_member | oversees | is_administrator)
rules.add_perm("mentoring_programmes.view_figures", coordinates | oversees | is_administrator)
rules.add_perm("mentoring_programmes.view_members", coordinates | is_administrator)
rules.add_perm("mentoring_programmes.invite_to_cohort", coordinates | oversees | is_administrator)
rules.add_perm("mentoring_programmes.run_cohort", coordinates)
rules.add_perm("mentoring_programmes.end_membership", coordinates | oversees | is_administrator)

describe("mentoring_programmes.view_checklist", _("see a cohort’s checklist"), Cohort.objects.visible_to)
describe("mentoring_programmes.extend_checklist", _("add to a cohort’s checklist"), Cohort.objects.visible_to)
describe("mentoring_programmes.settle_item", _("tick an item of a checklist"), ChecklistItem.objects.visible_to)
describe("mentoring_programmes.excuse_item", _("excuse an item of a checklist"), ChecklistItem.objects.visible_to)
describe("mentoring_programmes.keep_checklists", _("keep the checklists of an organisation"))
describe("mentoring_programmes.change_template", _("change a checklist"), ChecklistTemplate.objects.visible_to)
describe("mentoring_programmes.open_cohort", _("open a cohort"))
describe("mentoring_programmes.view_cohort", _("see a cohort"), Cohort.objects.visible_to)
describe("mentoring_programmes.view_figures", _("see a cohort’s figures"), Cohort.objects.visible_to)
describe("mentoring_programmes.view_members", _("see who takes part in a cohort"), Cohort.objects.visible_to)
describe("mentoring_programmes.invite_to_cohort", _("invite people to a cohort"), Cohort.objects.visible_to)
describe(
    "mentoring_programmes.run_cohort",
    _("run a cohort: start phases, waive training, finish it"),
    Cohort.objects.visible_to,
)
describe("mentoring_programmes.end_membership", _("end somebody’s part in a cohort"), Cohort.objects.visible_to)
describe("mentoring_programmes.transfer_programme", _("copy a programme to a department"))
describe("mentoring_programmes.change_programme", _("adapt a copied programme"), Programme.objects.visible_to)
