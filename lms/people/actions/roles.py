"""Giving and taking roles on the site and in organisations."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people import errors
from lms.people.editing import set_editing_rights
from lms.people.models import Department, Organisation, OrganisationMembership, SiteRole, User
from lms.people.permissions import forget_roles, is_administrator, manages
from lms.plugins import ROLE_SOURCES


@transaction.atomic
def grant_site_role(user: User, role: str, *, actor: User | None) -> SiteRole:
    """Give a role on the whole site; editors may then work in Wagtail, administrators everywhere.

    ``actor`` is None for the set-up of a site. Raises ``OwnRights`` ("own_rights") and ``NotYoursToGive``
    ("not_yours_to_give").
    """
    _check_giver(user, actor, allowed=actor is None or is_administrator(actor))
    granted, is_new = SiteRole.objects.get_or_create(user=user, role=role)
    _match_rights(user)
    if is_new:
        record("granted", user, actor=actor, data={"role": role})
        _tell(user, _("You are now %(role)s of this site."), granted, actor)
    return granted


@transaction.atomic
def withdraw_site_role(user: User, role: str, *, actor: User | None) -> None:
    """Take a role on the whole site away, with the rights that came with it.

    Raises ``LastAdministrator`` ("last_administrator") and ``NotYoursToGive``.
    """
    if actor is not None and not is_administrator(actor):
        raise errors.NotYoursToGive
    check_not_last(user, role)
    removed, _rows = SiteRole.objects.filter(user=user, role=role).delete()
    _match_rights(user)
    if removed:
        record("withdrew", user, actor=actor, data={"role": role})


def check_not_last(user: User, role: str = SiteRole.Role.ADMINISTRATOR) -> None:
    """Raise ``LastAdministrator`` when nobody else who can sign in would administer the site."""
    if role != SiteRole.Role.ADMINISTRATOR:
        return
    roles = SiteRole.objects.select_for_update().filter(role=SiteRole.Role.ADMINISTRATOR, user__is_active=True)
    holders = list(roles.values_list("user_id", flat=True))
    if user.pk in holders and len(holders) == 1:
        raise errors.LastAdministrator


def _match_rights(user: User) -> None:
    roles = set(SiteRole.objects.filter(user=user).values_list("role", flat=True))
    user.is_superuser = user.is_staff = SiteRole.Role.ADMINISTRATOR in roles
    user.save(update_fields=["is_superuser", "is_staff"])
    set_editing_rights(user, SiteRole.Role.EDITOR in roles)
    forget_roles(user)


@transaction.atomic
def grant_organisation_role(
    user: User, organisation: Organisation, role: str, *, actor: User | None, department: Department | None = None
) -> OrganisationMembership:
    """Give a role in an organisation, or in one department of it and those below.

    Raises ``OtherOrganisation`` ("other_organisation"), ``OwnRights`` ("own_rights") and ``NotYoursToGive``
    ("not_yours_to_give").
    """
    if department and department.organisation_id != organisation.pk:
        raise errors.OtherOrganisation
    _check_giver(user, actor, allowed=actor is None or gives_in(actor, organisation, department))
    granted, is_new = OrganisationMembership.objects.get_or_create(
        user=user, organisation=organisation, department=department, role=role
    )
    forget_roles(user)
    if is_new:
        record("granted", user, actor=actor, context=department or organisation, data={"role": role})
        _tell(user, _("You are now %(role)s of “%(place)s”."), granted, actor)
    return granted


@transaction.atomic
def withdraw_organisation_role(membership: OrganisationMembership, *, actor: User | None) -> None:
    """Take a role in an organisation away. Raises ``NotYoursToGive`` ("not_yours_to_give")."""
    user, context = membership.user, membership.department or membership.organisation
    if actor is not None and not gives_in(actor, membership.organisation, membership.department):
        raise errors.NotYoursToGive
    record("withdrew", user, actor=actor, context=context, data={"role": membership.role})
    membership.delete()
    forget_roles(user)


@transaction.atomic
def end_role(person: User, *, source: str, key: str, actor: User, at: datetime) -> bool:
    """End a role that a person holds, by its source and its key; return whether there is one that can be ended.

    Raises ``PermissionDenied`` when it is not ``actor``'s to end, and what the source raises.
    """
    for each in ROLE_SOURCES.collect():
        if each.name == source and each.end and key in {role.key for role in each.roles_of(person)}:
            each.end(key, actor, at)
            forget_roles(person)
            return True
    return False


def gives_in(actor: User, organisation: Organisation, department: Department | None) -> bool:
    """Return whether ``actor`` gives and takes roles there."""
    return bool(is_administrator(actor)) or manages(actor, organisation, department)


def _check_giver(user: User, actor: User | None, *, allowed: bool) -> None:
    if actor is not None and actor.pk == user.pk:
        raise errors.OwnRights
    if not allowed:
        raise errors.NotYoursToGive


def _tell(user: User, text: str, granted: SiteRole | OrganisationMembership, actor: User | None) -> None:
    place = getattr(granted, "department", None) or getattr(granted, "organisation", "")
    words = {"role": granted.get_role_display().lower(), "place": place}
    if actor is not None:
        notify([user], "role_given", text % words, "/people/me/", exclude=actor)
