"""What chat adds: a place in the navigation, a kind of notice, its socket, a card, and a person's own data."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms.plugins import NAVIGATION, NOTICE_KINDS, NavigationItem, NoticeKind


@hooks.register(NAVIGATION.name)
def chat() -> NavigationItem:
    return NavigationItem(
        name="chat",
        label=_("Chat"),
        url_name="forum_chat:room_list",
        icon="messages-square",
        shown_to=lambda request: request.user.is_authenticated,
        order=30,
    )


@hooks.register(NOTICE_KINDS.name)
def kinds() -> NoticeKind:
    return NoticeKind("chat_message", _("New messages while you are away"), icon="messages-square")
