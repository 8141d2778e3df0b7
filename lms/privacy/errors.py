"""Why something about privacy is refused."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


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
