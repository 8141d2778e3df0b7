"""The rules of courses that can be broken."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError
from lms.plugins import Unmet


class NotEnrolled(DomainError):
    """Somebody wants to keep progress in a course that they do not take."""

    code = "not_enrolled"
    text = _("Join the course first. Then your progress is kept.")


class SelfEnrolmentClosed(DomainError):
    """The course takes only those whom a rule or a coordinator enrols."""

    code = "self_enrolment_closed"
    text = _("You cannot join this course by yourself. Ask your coordinator.")


class PrerequisitesUnmet(DomainError):
    """Something has to be done first; ``unmet`` says what."""

    code = "prerequisites_unmet"
    text = _("There is something to do before you can join.")

    def __init__(self, unmet: Sequence[Unmet]) -> None:
        self.unmet = unmet
        super().__init__()


class OwnWayToComplete(DomainError):
    """The activity is completed in its own way, not by saying so."""

    code = "own_way_to_complete"
    text = _("This step counts as done when you pass it.")


class OpenActivities(DomainError):
    """A course cannot be finished while activities are open."""

    code = "open_activities"
    text = _("There are still steps to do in this course.")
