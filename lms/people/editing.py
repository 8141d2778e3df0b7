"""Wagtail's rights of an editor."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from lms.people.models import User

# The name of the group that Wagtail itself makes for those who may also publish.
EDITORS = "Moderators"
PAGE_RIGHTS = ("add_page", "change_page", "publish_page", "lock_page")


def set_editing_rights(user: User, wanted: bool) -> None:
    """Let ``user`` work in Wagtail on every page, publishing included, or no longer."""
    if wanted:
        user.groups.add(editors_group())
    else:
        user.groups.remove(*Group.objects.filter(name=EDITORS))


def editors_group() -> Group:
    """Return Wagtail's group of editors, with its rights on all pages even where somebody had taken them away."""
    group, _made = Group.objects.get_or_create(name=EDITORS)
    root = Page.get_first_root_node()
    for permission in Permission.objects.filter(codename__in=PAGE_RIGHTS, content_type__app_label="wagtailcore"):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    group.permissions.add(*Permission.objects.filter(codename="access_admin", content_type__app_label="wagtailadmin"))
    return group
