"""Why no pairing can be made or stopped."""

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


class OptionsWrong(DomainError):
    """A group cannot be smaller than the smallest size, nor larger than the programme allows."""

    code = "options_wrong"
    text = _("The smallest group cannot be larger than the largest one.")
    field = "minimum"


class LocksBroken(DomainError):
    """Locked pairs cannot all be kept; the text says why."""

    code = "locks_broken"
    text = _("The locked pairs cannot all be kept. Take a lock off, then try again.")


class StillRunning(DomainError):
    """A large pairing of this cohort is being worked out; a second one beside it would only slow both down."""

    code = "still_running"
    text = _("A pairing of this cohort is being worked out. Wait for it, or stop it first.")


class InputChanged(DomainError):
    """A sheet, a rule about a pair or the people of the cohort changed while the pairing was worked out."""

    code = "input_changed"
    text = _("Somebody’s sheet or a rule changed while the pairing was worked out. Please try again.")


class NotRunning(DomainError):
    """Only a pairing that is being worked out can be stopped."""

    code = "not_running"
    text = _("This pairing is not being worked out any more.")


class TooManyForEffect(DomainError):
    """So many people are compared in a task, not with each move of a slider."""

    code = "too_many_for_effect"
    text = _("There are too many people to show the effect at once. Find the best pairing: it is worked out as a task.")


class EffectBusy(DomainError):
    """One effect after the other is worked out for a person, however fast the sliders move."""

    code = "effect_busy"
    text = _("The effect is being worked out. Please try again in a moment.")


class FactorKnown(DomainError):
    """A factor of this name is there already."""

    code = "factor_known"
    text = _("There is a factor of this name already. Choose another name.")
    field = "label"
