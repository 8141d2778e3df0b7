"""The rules of quizzes that can be broken."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class NoAttemptLeft(DomainError):
    """Every allowed attempt was used."""

    code = "no_attempt_left"
    text = _("You have used all your attempts at this quiz. Talk to your trainer about what to do next.")


class AttemptClosed(DomainError):
    """The attempt was handed in already, perhaps in another window."""

    code = "attempt_closed"
    text = _("These answers were handed in already.")


class EmptyQuiz(DomainError):
    """A quiz without questions cannot be taken."""

    code = "empty_quiz"
    text = _("This quiz has no questions yet.")
