"""Why something about privacy is refused."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError
from lms.plugins import Duty


class NoSuchConsent(DomainError):
    code = "no_such_consent"
    text = _("There is no text yet that you could agree to.")


class NotToWithdraw(DomainError):
    code = "not_to_withdraw"
    text = _("The site cannot keep your account without this. If you no longer agree, erase your account.")


class NotNewer(DomainError):
    code = "not_newer"
    text = _("Nothing in the text is different from the version that counts now.")


class RenewalTooEarly(DomainError):
    code = "renewal_too_early"
    field = "renew_by"
    text = _("Give people at least a week to agree again.")


class PeriodTooShort(DomainError):
    code = "period_too_short"
    field = "days"

    def __init__(self, fewest: int) -> None:
        super().__init__(_("Choose at least %s days.") % fewest)


class AlreadyAsked(DomainError):
    code = "already_asked"
    text = _("This account is going to be erased already.")


class NotOpen(DomainError):
    code = "not_open"
    text = _("This erasure was stopped or has happened already.")


class DutiesLeft(DomainError):
    code = "duties_left"

    def __init__(self, duties: Sequence[Duty]) -> None:
        self.duties = duties
        words = ", ".join(str(duty.title) for duty in duties)
        super().__init__(_("Hand these over to somebody else first: %s.") % words)


class OtherName(DomainError):
    code = "other_name"
    field = "username"
    text = _("This is not the user name. Type it as it stands above.")


class TooManyExports(DomainError):
    code = "too_many_exports"
    text = _("You have asked for your data several times today. Try again tomorrow.")
