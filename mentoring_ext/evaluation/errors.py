"""Rules of evaluations that can be broken."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class NobodyToAsk(DomainError):
    """A round is opened while no group of the cohort has held its last session."""

    code = "nobody_to_ask"
    text = _("No group of this cohort has held its last session yet.")


class NothingHandedIn(DomainError):
    """There is nothing to export."""

    code = "nothing_handed_in"
    text = _("Nobody has handed in an evaluation yet.")
