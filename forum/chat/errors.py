"""The rules of chat that can be broken."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class NotInRoom(DomainError):
    code = "not_in_room"
    text = _("You do not belong to this room.")


class EmptyMessage(DomainError):
    code = "empty"
    text = _("Write something first.")
    field = "body"


class LongMessage(DomainError):
    code = "too_long"
    text = _("This message is too long. Split it into two.")
    field = "body"


class ReplyElsewhere(DomainError):
    code = "reply_elsewhere"
    text = _("The message that you answer stands in another room.")


class NotYourMessage(DomainError):
    code = "not_yours"
    text = _("Only the person who wrote a message can change it.")


class DeletedMessage(DomainError):
    code = "deleted"
    text = _("This message was deleted.")


class NothingShared(DomainError):
    code = "nothing_shared"
    text = _("You can write to people with whom you share a room or a closed board.")
