"""The rules of groups that can be broken."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class WrongSize(DomainError):
    """A group has at least one mentee, and not more than the programme says."""

    code = "wrong_size"
    text = _("This group has too many mentees, or none.")


class NotInCohort(DomainError):
    """Only members of the cohort can be in its groups."""

    code = "not_in_cohort"
    text = _("Not everyone of this group is in the cohort.")


class NotReady(DomainError):
    """Training comes before mentoring."""

    code = "not_ready"
    text = _("Not everyone of this group has done the training.")


class AlreadyInGroup(DomainError):
    """A mentee is in one group of a cohort at a time."""

    code = "already_in_group"
    text = _("A mentee of this group is in another group of the cohort.")


class SessionsMissing(DomainError):
    """A group is closed before its last session only with a reason."""

    code = "sessions_missing"
    text = _("Not all sessions are registered. Say why the group ends before.")
    field = "because"


class GroupClosed(DomainError):
    """Nothing changes in a closed group."""

    code = "group_closed"
    text = _("This group is closed. Nothing can be changed any more.")


class NotInGroup(DomainError):
    """Only who is in a group can leave it."""

    code = "not_in_group"
    text = _("This mentee is not in this group any more.")
