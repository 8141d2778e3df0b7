"""The rules of agreements that can be broken."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class NotAParty(DomainError):
    """Only the mentor and the mentees of the group sign."""

    code = "not_a_party"
    text = _("Only the mentor and the mentees of this group sign the agreement.")


class AlreadySigned(DomainError):
    """A party signs a version once."""

    code = "already_signed"
    text = _("You have signed this agreement already.")


class NameDiffers(DomainError):
    """The name typed as a signature is not the name of the account."""

    code = "name_differs"
    text = _("Type your own name as it stands in the agreement.")
    field = "name"


class AgreementChanged(DomainError):
    """The text changed while it was read, or there is a newer version."""

    code = "agreement_changed"
    text = _("The agreement was changed meanwhile. Read it once more before you sign.")


class EndsBeforeStart(DomainError):
    """An agreement ends after it starts."""

    code = "ends_before_start"
    text = _("The last day must come after the first day.")
    field = "ends_on"
