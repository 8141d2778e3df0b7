"""The rules of boards that can be broken."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class EmptyPostError(DomainError):
    code = "empty"
    text = _("Write something first.")
    field = "body"


class LongPostError(DomainError):
    code = "too_long"
    text = _("This is too long. Split it into two posts.")
    field = "body"


class AnswerElsewhereError(DomainError):
    code = "answer_elsewhere"
    text = _("The post that you answer stands in another topic.")


class NotYourPostError(DomainError):
    code = "not_yours"
    text = _("Only the person who wrote a post can change it.")


class HiddenPostError(DomainError):
    code = "hidden"
    text = _("A moderator has hidden this post.")


class NotModeratorError(DomainError):
    code = "not_moderator"
    text = _("Only a moderator of this board can hide a post.")
