"""Giving and taking roles on the site and in organisations."""

from django.db import transaction

from lms.journal.actions import record
from lms.people import errors
from lms.people.editing import set_editing_rights
from lms.people.models import Department, Organisation, OrganisationMembership, SiteRole, User
from lms.people.permissions import forget_roles


@transaction.atomic
def grant_site_role(user: User, role: str, *, actor: User | None) -> SiteRole:
    """Give a role on the whole site; editors may then work in Wagtail, administrators everywhere."""
    granted, is_new = SiteRole.objects.get_or_create(user=user, role=role)
    _match_rights(user)
    if is_new:
        record("granted", user, actor=actor, data={"role": role})
    return granted


@transaction.atomic
def withdraw_site_role(user: User, role: str, *, actor: User | None) -> None:
    """Take a role on the whole site away, with the rights that came with it.

    Raises ``LastAdministrator`` ("last_administrator").
    """
    if role == SiteRole.Role.ADMINISTRATOR and not _other_administrators(user):
        raise errors.LastAdministrator
    removed, _rows = SiteRole.objects.filter(user=user, role=role).delete()
    _match_rights(user)
    if removed:
        record("withdrew", user, actor=actor, data={"role": role})


def _other_administrators(user: User) -> bool:
    roles = SiteRole.objects.select_for_update().filter(role=SiteRole.Role.ADMINISTRATOR, user__is_active=True)
    return roles.exclude(user=user).exists()


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
    """Give a role in an organisation, or in one department of it.

    Raises ``OtherOrganisation`` ("other_organisation").
    """
    if department and department.organisation_id != organisation.pk:
        raise errors.OtherOrganisation
    granted, is_new = OrganisationMembership.objects.get_or_create(
        user=user, organisation=organisation, department=department, role=role
    )
    forget_roles(user)
    if is_new:
        record("granted", user, actor=actor, context=department or organisation, data={"role": role})
    return granted


@transaction.atomic
def withdraw_organisation_role(membership: OrganisationMembership, *, actor: User | None) -> None:
    """Take a role in an organisation away."""
    context = membership.department or membership.organisation
    record("withdrew", membership.user, actor=actor, context=context, data={"role": membership.role})
    membership.delete()
