"""Why a pairing is not confirmed, or not reported on."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class NotConfirmed(DomainError):
    """The proof of a run does not hold, its input was changed, or other pairs come out; the text says which."""

    code = "not_confirmed"
    text = _("This pairing could not be confirmed.")


class CountedAlready(DomainError):
    """Somebody of the run is counted in another report on equal treatment of the cohort."""

    code = "counted_already"
    text = _("There is a report of another pairing with the same people. Nobody is counted twice.")
