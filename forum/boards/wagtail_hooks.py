"""What boards add: a place in the navigation, kinds of notices, a card, and a person's own data."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms.plugins import NAVIGATION, NOTICE_KINDS, NavigationItem, NoticeKind


@hooks.register(NAVIGATION.name)
def forum() -> NavigationItem:
    return NavigationItem(
        name="forum",
        label=_("Forum"),
        url_name="forum_boards:board_list",
        icon="message-square-text",
        shown_to=lambda request: True,
        order=40,
    )


@hooks.register(NOTICE_KINDS.name)
def kinds() -> list[NoticeKind]:
    return [
        NoticeKind("board_topic", _("A new topic on one of your boards"), icon="message-square-plus"),
        NoticeKind("board_answer", _("An answer in a topic where you wrote"), icon="message-square-reply"),
    ]
