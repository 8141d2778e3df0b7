"""The rules of lessons that can be broken."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class UnknownQuestion(DomainError):
    """The question is not in the lesson any more, because an editor changed it."""

    code = "unknown_question"
    text = _("This question is no longer in the lesson. Copy your note and open the lesson again.")
