"""Who may: roles out of every room's role source, and the one way to ask for a permission."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rules
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lms.people.models import Department, Organisation, OrganisationMembership, User
from lms.people.second_step import second_step_of
from lms.plugins import ROLE_SOURCES, Role, Text

Person = User | AnonymousUser


def roles_of(user: Person) -> list[Role]:
    """Return every role that ``user`` holds anywhere; kept on the user object for the time of a request."""
    if not isinstance(user, User):
        return []
    if user.kept_roles is None:
        asked = [source for source in ROLE_SOURCES.collect() if source.name not in user.empty_role_sources]
        user.kept_roles = [role for source in asked for role in source.roles_of(user)]
    return user.kept_roles


def forget_roles(user: User) -> None:
    """Make the next question for this person's roles read them anew, after a change in the same request."""
    user.empty_role_sources, user.kept_roles = frozenset(), None


def has_role(user: Person, names: str | Iterable[str], scope: Model | None = None) -> bool:
    """Return whether ``user`` holds one of the roles, for ``scope`` where one is given, else anywhere."""
    wanted = {names} if isinstance(names, str) else set(names)
    return any(role.name in wanted and (scope is None or role.scope == scope) for role in roles_of(user))


def require(user: Person, permission: str, thing: Model | None = None) -> None:
    """Raise ``PermissionDenied`` (403) unless ``user`` has the permission for ``thing``."""
    if not user.has_perm(permission, thing):
        raise PermissionDenied


def lacks_second_step(user: Person, at: datetime) -> bool:
    """Return whether somebody must set up a second step at sign-in before anything else opens."""
    return isinstance(user, User) and second_step_of(user).is_missing(at)


@dataclass(frozen=True)
class Described:
    """A permission in plain words; ``things`` finds what to ask about, None where it is asked of nothing."""

    name: str
    text: Text
    things: Callable[[Any], QuerySet[Any]] | None = None


DESCRIBED: dict[str, Described] = {}
"""Every permission that a room has described, by its name."""


def describe(permission: str, text: Text, things: Callable[[Any], QuerySet[Any]] | None = None) -> None:
    """Say in plain words what a permission allows; stands next to the room's ``rules.add_perm``.

    ``text`` follows "may": "start phases and finish a cohort". ``things`` returns what a person could be asked about
    there, usually ``Model.objects.visible_to``.
    """
    DESCRIBED[permission] = Described(permission, text, things)


def manages(user: Person, organisation: Organisation | None, department: Department | None = None) -> bool:
    """Return whether ``user`` manages an organisation as a whole, or this department or one above it."""
    scopes = [role.scope for role in roles_of(user) if role.name == OrganisationMembership.Role.MANAGER]
    if organisation is not None and organisation in scopes:
        return True
    held = [scope for scope in scopes if isinstance(scope, Department)]
    return department is not None and any(department.is_below(scope) for scope in held)


def gives_everywhere_in(user: Person, organisation: Organisation) -> bool:
    """Return whether ``user`` keeps the whole organisation, as its manager or as an administrator."""
    return bool(is_administrator(user)) or manages(user, organisation)


def people_managed_by(user: User) -> Q:
    """Return the filter of the people that ``user`` looks after: everybody, or who belongs where they are manager."""
    if is_administrator(user):
        return Q()
    organisations = Organisation.objects.managed_by(user).order_by().values("pk")
    departments = Department.objects.managed_by(user).order_by().values("pk")
    ours = OrganisationMembership.objects.filter(Q(organisation__in=organisations) | Q(department__in=departments))
    return Q(organisation__in=organisations) | Q(department__in=departments) | Q(pk__in=ours.values("user"))


@rules.predicate
def is_administrator(user: Person) -> bool:
    """Return whether ``user`` administers the site."""
    return has_role(user, "administrator")


@rules.predicate
def is_editor(user: Person) -> bool:
    """Return whether ``user`` edits content."""
    return has_role(user, "editor")


@rules.predicate
def manages_somewhere(user: Person) -> bool:
    """Return whether ``user`` manages an organisation or a department."""
    return has_role(user, OrganisationMembership.Role.MANAGER)


@rules.predicate
def manages_organisation(user: Person, organisation: Organisation) -> bool:
    """Return whether ``user`` manages the whole organisation."""
    return manages(user, organisation)


@rules.predicate
def manages_part_of(user: Person, organisation: Organisation) -> bool:
    """Return whether ``user`` manages the organisation or a department of it."""
    scopes = [role.scope for role in roles_of(user) if role.name == OrganisationMembership.Role.MANAGER]
    parts = {scope.organisation_id for scope in scopes if isinstance(scope, Department)}
    return organisation in scopes or organisation.pk in parts


@rules.predicate
def manages_department(user: Person, department: Department) -> bool:
    """Return whether ``user`` manages this department, one above it, or the whole organisation."""
    return manages(user, department.organisation, department)


@rules.predicate
def manages_person(user: Person, person: User) -> bool:
    """Return whether ``user`` manages where this person belongs, and the person is trusted with nothing outside of it.

    Whoever corrects an address gets at the account: it must not open what ``user`` does not manage.
    """
    if not manages(user, person.organisation, person.department):
        return False
    # Whoever only applies somewhere is not trusted with anything there.
    return all(_manages_scope(user, role.scope) for role in roles_of(person) if role.name != "applicant")


def _manages_scope(user: Person, scope: Model | None) -> bool:
    if isinstance(scope, Department):
        return manages(user, scope.organisation, scope)
    place = scope if isinstance(scope, Organisation) else getattr(scope, "organisation", None)
    return place is not None and manages(user, place, getattr(scope, "department", None))


@rules.predicate
def is_somebody_else(user: Person, person: User) -> bool:
    """Return whether the person is not ``user``: nobody changes their own rights."""
    return user.pk != person.pk


@rules.predicate
def coordinates_person(user: Person, person: User) -> bool:
    """Return whether the person has no address, and holds no role beyond what ``user`` coordinates.

    Whoever needs a second step, holds a role on the whole site, or takes part elsewhere too, an administrator alone can
    help: a code opens all of the account, and a list brings anybody into a cohort.
    """
    if person.email or second_step_of(person).guarded:
        return False
    held = roles_of(person)
    ours = [role.scope for role in roles_of(user) if role.name == "coordinator" and role.scope is not None]
    return bool(held) and all(role.scope in ours for role in held)


rules.add_perm("lms_people.help_sign_in", is_somebody_else & (is_administrator | coordinates_person))
rules.add_perm("lms_people.take_second_step", is_somebody_else & is_administrator)
rules.add_perm("lms_people.change_sign_in_rules", is_administrator)
rules.add_perm("lms_people.list_people", is_administrator | manages_somewhere)
rules.add_perm("lms_people.invite_person", is_administrator | manages_somewhere)
rules.add_perm("lms_people.change_person", is_administrator | manages_person)
rules.add_perm("lms_people.close_account", is_somebody_else & (is_administrator | manages_person))
rules.add_perm("lms_people.give_role", is_somebody_else & (is_administrator | manages_somewhere))
rules.add_perm("lms_people.give_site_role", is_somebody_else & is_administrator)
rules.add_perm("lms_people.add_organisation", is_administrator)
rules.add_perm("lms_people.change_organisation", is_administrator | manages_organisation)
rules.add_perm("lms_people.add_department", is_administrator | manages_part_of)
rules.add_perm("lms_people.change_department", is_administrator | manages_department)

describe("lms_people.change_sign_in_rules", _("say who needs a second step at sign-in"))
describe("lms_people.help_sign_in", _("give a person a code to set a new password"), User.objects.visible_to)
describe("lms_people.take_second_step", _("take away a second step that a person lost"), User.objects.visible_to)
describe("lms_people.list_people", _("look up people and their roles"))
describe("lms_people.invite_person", _("invite a person"))
describe("lms_people.change_person", _("change a person’s name and department"), User.objects.visible_to)
describe("lms_people.close_account", _("close a person’s account, and open it again"), User.objects.visible_to)
describe("lms_people.give_role", _("make somebody a manager or a coordinator"), User.objects.visible_to)
describe("lms_people.give_site_role", _("make somebody trainer, editor or administrator"), User.objects.visible_to)
describe("lms_people.add_organisation", _("add an organisation"))
describe(
    "lms_people.change_organisation", _("change an organisation and its departments"), Organisation.objects.visible_to
)
describe("lms_people.add_department", _("add a department"), Organisation.objects.visible_to)
describe("lms_people.change_department", _("change a department"), Department.objects.visible_to)
