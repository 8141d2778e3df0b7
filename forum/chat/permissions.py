"""Who may do what in chat rooms. Who may see a room is asked first, by ``visible_to``."""

import rules
from django.utils.translation import gettext_lazy as _

from forum.chat.models import Message, Room
from lms.people.models import User
from lms.people.permissions import describe, is_administrator


@rules.predicate
def belongs_to(user: User, room: Room) -> bool:
    """The room is open, or the person is one of its people now."""
    return Room.objects.visible_to(user).filter(pk=room.pk).exists()


@rules.predicate
def is_sender(user: User, message: Message) -> bool:
    """The person wrote this message."""
    return message.sender_id == user.pk


rules.add_perm("forum_chat.open_room", is_administrator)
rules.add_perm("forum_chat.post_message", rules.is_authenticated & belongs_to)
rules.add_perm("forum_chat.change_message", is_sender)

describe("forum_chat.open_room", _("open a chat room for everybody"))
describe("forum_chat.post_message", _("write in a chat room"), Room.objects.visible_to)
describe("forum_chat.change_message", _("change or take back a chat message"), Message.objects.visible_to)
