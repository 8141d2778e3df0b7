"""The rules of profiles that can be broken."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class NotCompleted(DomainError):
    """The person has not completed the programme as a mentee."""

    code = "not_completed"
    text = _("This person has not completed the programme as a mentee yet.")


class AlreadyMentor(DomainError):
    """The person stands in the mentors' database already."""

    code = "already_mentor"
    text = _("This person is in the mentors' database already.")


class AlreadyInvited(DomainError):
    """The person was invited before and has not answered."""

    code = "already_invited"
    text = _("This person is invited already and has not answered yet.")


class AlreadyAnswered(DomainError):
    """The invitation was answered before."""

    code = "already_answered"
    text = _("You have answered this invitation already.")
