"""What groups add: a place in the navigation, a card, notices, and personal data."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms import plugins
from lms.people.models import User
from lms.people.permissions import has_role
from lms.plugins import DashboardCard, DutySource, Held, NavigationItem, NoticeKind, PrivacyHandler
from mentoring_ext.groups.duties import groups_mentored, other_mentors, take_group
from mentoring_ext.groups.models import Document, MentoringGroup
from mentoring_ext.groups.permissions import groups_around
from mentoring_ext.groups.space import space_of
from mentoring_ext.programmes.models import Role


@hooks.register(plugins.NAVIGATION.name)
def my_group() -> NavigationItem:
    return NavigationItem(
        name="my_group",
        label=_("My group"),
        url_name="mentoring_groups:group_list",
        icon="circle-dot",
        shown_to=lambda request: has_role(request.user, (Role.MENTOR, Role.MENTEE)),
        order=10,
        holds=_is_inside_a_group,
    )


def _is_inside_a_group(request: HttpRequest) -> bool:
    """Tell whether the page is a session or an agreement: they belong to a group."""
    matched = request.resolver_match
    return matched is not None and matched.app_name in ("mentoring_sessions", "mentoring_agreements")


@hooks.register(plugins.DASHBOARD_CARDS.name)
def your_group() -> DashboardCard:
    return DashboardCard(
        name="your_group", template="groups/_card.html", context_for=_card, order=5, concerns=groups_around
    )


def _card(user: User, at: datetime) -> dict[str, Any] | None:
    groups = MentoringGroup.objects.of(user).active().with_state(at).with_people()
    shown = [(group, space_of(group, user, at)) for group in groups[:3]]
    return {"groups": shown} if shown else None


@hooks.register(plugins.NOTICE_KINDS.name)
def kinds() -> list[NoticeKind]:
    return [
        NoticeKind("group_opened", _("You are in a new group"), icon="circle-dot"),
        NoticeKind("group_opened_by_letter", _("You are in a new group"), icon="circle-dot", mail=False),
        NoticeKind("group_changed", _("Somebody joined or left your group"), icon="circle-dot"),
        NoticeKind("document_added", _("A new document in your group"), icon="file-plus"),
        NoticeKind("group_closed", _("Your group is closed"), icon="circle-check"),
    ]


@hooks.register(plugins.PRIVACY_HANDLERS.name)
def groups() -> PrivacyHandler:
    models = ["mentoring_groups.MentoringGroup", "mentoring_groups.GroupMember", "mentoring_groups.Document"]
    return PrivacyHandler(
        name="groups",
        models=models,
        export=None,
        erase=_erase,
        label=_("Groups"),
        titles=["mentoring_groups.mentoringgroup.name"],
        held=[
            Held("mentoring_groups.mentoringgroup", about="mentor"),
            Held("mentoring_groups.groupmember"),
            Held("mentoring_groups.document", about="added_by"),
        ],
    )


def _erase(user: User) -> None:
    """Keep who was in which group, which counts; the account behind it has no name any more."""
    Document.objects.filter(added_by=user).update(added_by=None)


@hooks.register(plugins.DUTY_SOURCES.name)
def group_duties() -> DutySource:
    return DutySource("groups", _("Groups"), groups_mentored, other_mentors, take_group)
