"""The rules of chat that can be broken."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class NotInRoomError(DomainError):
    code = "not_in_room"
    text = _("You do not belong to this room.")


class EmptyMessageError(DomainError):
    code = "empty"
    text = _("Write something first.")
    field = "body"


class LongMessageError(DomainError):
    code = "too_long"
    text = _("This message is too long. Split it into two.")
    field = "body"


class ReplyElsewhereError(DomainError):
    code = "reply_elsewhere"
    text = _("The message that you answer stands in another room.")


class NotYourMessageError(DomainError):
    code = "not_yours"
    text = _("Only the person who wrote a message can change it.")


class DeletedMessageError(DomainError):
    code = "deleted"
    text = _("This message was deleted.")


class NothingSharedError(DomainError):
    code = "nothing_shared"
    text = _("You can write to people with whom you share a room or a closed board.")
