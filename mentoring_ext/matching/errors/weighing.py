"""Why weights would let what people told in confidence be read out of scores."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class PersonalAlone(DomainError):
    """One personal factor counts more than the other two together, so that scores would tell it."""

    code = "personal_alone"
    text = _(
        "Language and culture, age and gender count together, so that no score tells one of them. "
        "None of the three can be higher than the other two together. All three can be 0."
    )


class PersonalTooMuch(DomainError):
    """The personal factors are more than a sixth of the whole weight."""

    code = "personal_too_much"
    text = _(
        "Language and culture, age and gender can be at most a sixth of all eleven weights together, so that no score "
        "tells what somebody told in confidence. Lower these three, or raise others."
    )


class PersonalProportion(DomainError):
    """Two pairings with other proportions of the personal weights would tell each of them by the difference."""

    code = "personal_proportion"
