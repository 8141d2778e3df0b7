"""What chat adds: a place in the navigation, a kind of notice, its socket, a card, and a person's own data."""

from datetime import datetime
from typing import Any

from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from forum.chat.consumers import ChatConsumer
from forum.chat.models import Message, Room, RoomMember
from lms.people.models import User
from lms.plugins import (
    DASHBOARD_CARDS,
    NAVIGATION,
    NOTICE_KINDS,
    PRIVACY_HANDLERS,
    SOCKET_ROUTES,
    DashboardCard,
    Held,
    NavigationItem,
    NoticeKind,
    PrivacyHandler,
    SocketRoute,
)

SHOWN = 5


@hooks.register(NAVIGATION.name)
def chat() -> NavigationItem:
    return NavigationItem(
        name="chat",
        label=_("Chat"),
        url_name="forum_chat:room_list",
        icon="messages-square",
        shown_to=lambda request: request.user.is_authenticated,
        order=30,
        group="talk",
    )


@hooks.register(NOTICE_KINDS.name)
def kinds() -> NoticeKind:
    return NoticeKind("chat_message", _("New messages while you are away"), icon="messages-square")


@hooks.register(SOCKET_ROUTES.name)
def socket() -> SocketRoute:
    return SocketRoute("ws/chat/<int:room>/", ChatConsumer.as_asgi())


@hooks.register(DASHBOARD_CARDS.name)
def unread_messages() -> DashboardCard:
    return DashboardCard("unread_messages", "chat/_unread_card.html", unread_context, order=40)


def unread_context(user: User, at: datetime) -> dict[str, Any] | None:
    """Return the person's rooms with messages that are new to them."""
    rooms = Room.objects.of(user).unread_by(user).with_people().newest_first()[:SHOWN]
    return {"rooms": [(room, room.title_for(user)) for room in rooms]} if rooms else None


@hooks.register(PRIVACY_HANDLERS.name)
def own_data() -> PrivacyHandler:
    return PrivacyHandler(
        name="chat",
        models=["forum_chat.RoomMember", "forum_chat.Message"],
        export=None,
        erase=erase,
        label=_("Chat"),
        titles=["forum_chat.room.title"],
        held=[
            Held("forum_chat.roommember"),
            Held("forum_chat.message", about="sender", left_out={"reply_to": "It quotes what somebody else wrote."}),
        ],
    )


def erase(user: User) -> None:
    """Remove what the person wrote and who wrote it; the places where it stood are kept as deleted messages."""
    erased = Message.objects.filter(sender=user)
    erased.filter(deleted_at=None).update(deleted_at=Now())
    erased.update(body="", sender=None)
    RoomMember.objects.filter(user=user).delete()
