"""Why nobody can ask for another match, or answer."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class TooLateToChange(DomainError):
    """From session 3 on the group stays as it is."""

    code = "too_late_to_change"
    text = _("Session 3 has begun, so the match cannot change any more. Talk to your coordinator.")


class NotPublished(DomainError):
    """The groups of the cohort did not come from a pairing, so nobody could solve again."""

    code = "not_published"
    text = _("These groups did not come from a pairing on this site. Talk to your coordinator.")


class NotInThisGroup(DomainError):
    """The mentee is not in this group (any more)."""

    code = "not_in_this_group"
    text = _("This mentee is not in this group any more.")


class AskedAlready(DomainError):
    """The same request waits for an answer."""

    code = "asked_already"
    text = _("You have asked for this already. Your coordinator will answer.")


class AskedTooOften(DomainError):
    """Somebody asks for the same again and again within a day."""

    code = "asked_too_often"
    text = _("You asked for this several times today. Please write to your coordinator, or wait until tomorrow.")


class AlreadyAnswered(DomainError):
    """Somebody answered the request, or it was taken back."""

    code = "already_answered"
    text = _("This request is answered already, or was taken back.")


class NobodyToRemind(DomainError):
    """Everybody has said something to the match, or was reminded lately."""

    code = "nobody_to_remind"
    text = _("There is nobody to remind: everybody has answered, or was reminded within the last day.")


class NoOtherPlace(DomainError):
    """However few or many people move, no other mentor is possible."""

    code = "no_other_place"
    text = _("No other mentor is possible for this mentee now. Find another mentor, or decline with a reason.")


class PlanChanged(DomainError):
    """Something changed since the coordinator looked, so that other people would move."""

    code = "plan_changed"
    text = _("Something changed meanwhile, and other people would move. Look at the new answer first.")
