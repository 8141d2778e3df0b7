"""The rules of boards that can be broken."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class EmptyPost(DomainError):
    code = "empty"
    text = _("Write something first.")
    field = "body"


class LongPost(DomainError):
    code = "too_long"
    text = _("This is too long. Split it into two posts.")
    field = "body"


class AnswerElsewhere(DomainError):
    code = "answer_elsewhere"
    text = _("The post that you answer stands in another topic.")


class NotYourPost(DomainError):
    code = "not_yours"
    text = _("Only the person who wrote a post can change it.")


class HiddenPost(DomainError):
    code = "hidden"
    text = _("A moderator has hidden this post.")


class NotModerator(DomainError):
    code = "not_moderator"
    text = _("Only a moderator of this board can hide a post.")
