"""What this room adds: roles on the site and in organisations, its notices, and the account's personal data."""

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms import plugins
from lms.people.models import Invitation, OneTimeCode, OrganisationMembership, SiteRole, User
from lms.plugins import Held, PrivacyHandler, Role, RoleSource


@hooks.register(plugins.ROLE_SOURCES.name)
def site_and_organisation_roles() -> list[RoleSource]:
    return [
        RoleSource(name="site", roles_of=_site_roles, memberships=SiteRole.objects.all),
        RoleSource(name="organisations", roles_of=_organisation_roles, memberships=OrganisationMembership.objects.all),
    ]


def _site_roles(user: User) -> Iterator[Role]:
    for held in SiteRole.objects.filter(user=user):
        yield Role(held.role, held.get_role_display())


def _organisation_roles(user: User) -> Iterator[Role]:
    for held in OrganisationMembership.objects.filter(user=user).select_related("organisation", "department"):
        yield Role(held.role, held.get_role_display(), held.department or held.organisation)


@hooks.register(plugins.PRIVACY_HANDLERS.name)
def account_data() -> PrivacyHandler:
    models = (
        "lms_people.user",
        "lms_people.invitation",
        "lms_people.onetimecode",
        "lms_people.siterole",
        "lms_people.organisationmembership",
        "lms_people.user_groups",
        "lms_people.user_user_permissions",
    )
    return PrivacyHandler(
        name="account",
        models=models,
        export=_export,
        erase=_erase,
        label=_("Your account"),
        held=[
            Held(
                "lms_people.user",
                about="pk",
                left_out={"password": "Nobody can read it; giving it away helps thieves."},
            ),
            Held("lms_people.invitation"),
            Held("lms_people.siterole"),
            Held("lms_people.organisationmembership"),
            Held("lms_people.onetimecode", left_out={"digest": "A secret of the sign-in."}),
        ],
    )


def _export(user: User) -> dict[str, Any]:
    roles = [*_site_roles(user), *_organisation_roles(user)]
    return {"roles": [f"{role.label}: {role.scope}" if role.scope else str(role.label) for role in roles]}


def _erase(user: User) -> None:
    """Keep the row, so that counts stay right, and take everything out of it that tells who it was."""
    SiteRole.objects.filter(user=user).delete()
    OrganisationMembership.objects.filter(user=user).delete()
    Invitation.objects.filter(user=user).delete()
    OneTimeCode.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    user.groups.clear()
    user.user_permissions.clear()
    user.username = f"erased-{user.pk}"
    user.first_name = user.last_name = user.email = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.save()
