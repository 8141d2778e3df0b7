"""The rules of pairing that can be broken."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class NobodyToMatch(DomainError):
    """There is no mentee or no mentor who is prepared."""

    code = "nobody_to_match"
    text = _("There is nobody to pair yet. At least one mentor and one mentee must be ready.")


class WeightsWrong(DomainError):
    """A weight is not a whole number from 0 to 5, or all weights are 0."""

    code = "weights_wrong"
    text = _("Give at least one factor a weight from 1 to 5.")


class AlreadyPublished(DomainError):
    """The run is published and cannot change any more."""

    code = "already_published"
    text = _("This pairing is published already.")


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


class NothingToPublish(DomainError):
    """Nobody has a mentor in this run."""

    code = "nothing_to_publish"
    text = _("Nobody has a mentor in this pairing, so there is nothing to publish.")


class PeopleChanged(DomainError):
    """Somebody of the run left the cohort or joined a group since."""

    code = "people_changed"
    text = _("Somebody left or joined a group since this pairing was made. Run the pairing again.")
