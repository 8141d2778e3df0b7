"""What this room adds: roles on the site and in organisations, its notices, and the account's personal data."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms import plugins
from lms.people import actions
from lms.people.due import people_to_help
from lms.people.duties import duties_of, take_over, takers_of
from lms.people.models import Invitation, OneTimeCode, OpenSession, OrganisationMembership, SiteRole, User
from lms.people.permissions import require
from lms.people.sign_in_hooks import second_step_items
from lms.plugins import (
    AgendaSource,
    DutySource,
    Held,
    NavigationGroup,
    NavigationItem,
    NightlyTask,
    NoticeKind,
    PrivacyHandler,
    Role,
    RoleSource,
)


@hooks.register(plugins.ROLE_SOURCES.name)
def site_and_organisation_roles() -> list[RoleSource]:
    return [
        RoleSource(
            "site", _site_roles, memberships=SiteRole.objects.all, guarded=_guarded_on_the_site, end=_end_site_role
        ),
        RoleSource(
            "organisations",
            _organisation_roles,
            memberships=OrganisationMembership.objects.all,
            guarded=OrganisationMembership.objects.all,
            end=_end_organisation_role,
        ),
    ]


def _guarded_on_the_site() -> QuerySet[SiteRole]:
    return SiteRole.objects.filter(role__in=[SiteRole.Role.EDITOR, SiteRole.Role.ADMINISTRATOR])


def _site_roles(user: User) -> Iterator[Role]:
    for held in SiteRole.objects.filter(user=user):
        yield Role(held.role, held.get_role_display(), key=str(held.pk))


def _organisation_roles(user: User) -> Iterator[Role]:
    for held in OrganisationMembership.objects.filter(user=user).select_related("organisation", "department"):
        yield Role(held.role, held.get_role_display(), held.department or held.organisation, key=str(held.pk))


def _end_site_role(key: str, actor: User, at: datetime) -> None:
    held = SiteRole.objects.select_related("user").get(pk=key)
    require(actor, "lms_people.give_site_role", held.user)
    actions.withdraw_site_role(held.user, held.role, actor=actor)


def _end_organisation_role(key: str, actor: User, at: datetime) -> None:
    memberships = OrganisationMembership.objects.select_related("user", "organisation", "department")
    actions.withdraw_organisation_role(memberships.get(pk=key), actor=actor)


@hooks.register(plugins.NOTICE_KINDS.name)
def kinds() -> list[NoticeKind]:
    return [
        NoticeKind("role_given", _("You get a role"), icon="user-check"),
        NoticeKind("handed_over", _("Somebody hands their duties over to you"), icon="handshake"),
    ]


def _looks_after_people(request: HttpRequest) -> bool:
    return request.user.has_perm("lms_people.list_people")


@hooks.register(plugins.NAVIGATION.name)
def places() -> list[NavigationItem]:
    return [
        NavigationItem(
            "people",
            _("People"),
            "lms_people:person_list",
            "contact",
            _looks_after_people,
            order=90,
            group="administration",
        ),
        NavigationItem(
            "organisations",
            _("Organisations"),
            "lms_people:organisation_list",
            "building-2",
            _looks_after_people,
            order=92,
            group="administration",
        ),
    ]


@hooks.register(plugins.NAVIGATION_GROUPS.name)
def administration() -> NavigationGroup:
    return NavigationGroup("administration", _("Administration"), "settings-2")


@hooks.register(plugins.DUTY_SOURCES.name)
def organisation_duties() -> DutySource:
    return DutySource("organisations", _("Organisations and departments"), duties_of, takers_of, take_over)


@hooks.register(plugins.AGENDA_SOURCES.name)
def people_to_look_after() -> AgendaSource:
    return AgendaSource(name="people", items_for=people_to_help)


@hooks.register(plugins.AGENDA_SOURCES.name)
def second_step() -> AgendaSource:
    return AgendaSource("second_step", items_for=second_step_items)


@hooks.register(plugins.NOTICE_KINDS.name)
def about_signing_in() -> list[NoticeKind]:
    return [
        NoticeKind("second_step", _("Your second step at sign-in"), icon="shield-check"),
        NoticeKind("second_step_taken", _("Somebody took your second step at sign-in away"), icon="shield-check"),
        NoticeKind("sign_in_help", _("A code for a new password that somebody gave you"), icon="key-round"),
    ]


@hooks.register(plugins.NIGHTLY_TASKS.name)
def nightly() -> list[NightlyTask]:
    return [
        NightlyTask("second_step", _("Remind people of their second step"), run=actions.remind_of_second_step),
        NightlyTask("ended_sessions", _("Forget ended sessions"), run=actions.remove_ended_sessions),
    ]


@hooks.register(plugins.PRIVACY_HANDLERS.name)
def account_data() -> PrivacyHandler:
    models = (
        "lms_people.user",
        "lms_people.invitation",
        "lms_people.onetimecode",
        "lms_people.siterole",
        "lms_people.organisationmembership",
        "lms_people.opensession",
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
            Held(
                "lms_people.opensession",
                left_out={"key": "A secret of the sign-in.", "auth_hash": "A secret of the sign-in."},
            ),
            Held("lms_people.onetimecode", left_out={"digest": "A secret of the sign-in."}),
        ],
    )


def _export(user: User) -> dict[str, Any]:
    roles = [*_site_roles(user), *_organisation_roles(user)]
    ways = [str(way) for way in Authenticator.objects.filter(user=user)]
    named = [f"{role.label}: {role.scope}" if role.scope else str(role.label) for role in roles]
    return {"roles": named, "second_step": ways}


def _erase(user: User) -> None:
    """Keep the row, so that counts stay right, and take everything out of it that tells who it was."""
    SiteRole.objects.filter(user=user).delete()
    OrganisationMembership.objects.filter(user=user).delete()
    Invitation.objects.filter(user=user).delete()
    OneTimeCode.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    OpenSession.objects.filter(user=user).delete()
    user.groups.clear()
    user.user_permissions.clear()
    user.username = user.erased_username
    user.first_name = user.last_name = user.email = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.save()
