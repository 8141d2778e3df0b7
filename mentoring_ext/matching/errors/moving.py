"""Why a pairing cannot be changed by hand."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class ReasonMissing(DomainError):
    """A change by hand needs a reason."""

    code = "reason_missing"
    text = _("Write why you make this change.")
    field = "reason"


class SamePlace(DomainError):
    """The mentee is with that mentor already."""

    code = "same_place"
    text = _("This mentee is with this mentor already. Choose another one.")
    field = "place"


class RuleBroken(DomainError):
    """A hard rule does not allow the pair; the text names the rule."""

    code = "rule_broken"
    text = _("A rule does not allow this pair.")
    field = "place"


class MentorFull(DomainError):
    """The mentor has no free place."""

    code = "mentor_full"
    text = _("This mentor has no free place. Choose somebody to change places with.")
    field = "place"


class RunChanged(DomainError):
    """Somebody else changed the run since the page was opened."""

    code = "run_changed"
    text = _("Somebody changed this pairing since you opened the page. Look at it again, then decide.")


class NotOpen(DomainError):
    """The run has no result, or was replaced by another one."""

    code = "not_open"
    text = _("This pairing cannot be changed. Open the newest one.")


class NotInRun(DomainError):
    """The mentee or the mentor is not part of the run (any more)."""

    code = "not_in_run"
    text = _("This person is not part of this pairing. Run the pairing again.")
    field = "place"


class NothingToUndo(DomainError):
    """No change by hand is left that could be undone."""

    code = "nothing_to_undo"
    text = _("There is no change left to undo.")


class NotTogether(DomainError):
    """Only a pair that stands in the run can be locked."""

    code = "not_together"
    text = _("This mentee is not with this mentor in the pairing. Move first, then lock.")
