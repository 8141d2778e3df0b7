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


class ChangedElsewhere(DomainError):
    """Another window of the same person kept or saved the step after this one was opened."""

    code = "changed_elsewhere"
    text = _("You changed this step in another window since you opened it here. Nothing was overwritten.")


class NameTaken(DomainError):
    """The person has a saved view of that name."""

    code = "name_taken"
    text = _("You have a saved view with this name. Choose another name.")
    field = "name"


class NotPublic(DomainError):
    """The mentor does not show a profile to this person."""

    code = "not_public"
    text = _("This profile is not shown any more.")


class AlreadyAsked(DomainError):
    """The person asked this mentor before and has no answer yet."""

    code = "already_asked"
    text = _("You have asked this mentor already. Please wait for the answer.")


class TooManyRequests(DomainError):
    """The person sent as many requests as one may in a week."""

    code = "too_many_requests"
    text = _("You have sent many requests this week. Please wait for the answers first.")


class OwnProfile(DomainError):
    """Nobody asks themselves for contact."""

    code = "own_profile"
    text = _("This is your own profile.")


class RequestAnswered(DomainError):
    """The request was answered before."""

    code = "request_answered"
    text = _("You have answered this request already.")


class AlreadyReported(DomainError):
    """Somebody reported this request before."""

    code = "already_reported"
    text = _("This was reported already. The coordinators look at it.")
