"""The rules of this room that can be broken, each with its text."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class InvitationUsed(DomainError):
    code = "invitation_used"
    text = _("This invitation was used already. Sign in with your user name and your password.")


class InvitationExpired(DomainError):
    code = "invitation_expired"
    text = _("This invitation has expired. Ask the person who invited you to send a new one.")


class WrongCode(DomainError):
    code = "wrong_code"
    text = _(
        "This user name and this code do not open the door together. Look at both again. A code works once and for a "
        "limited time; after many wrong tries you need a new one."
    )
    field = "code"


class UsernameTaken(DomainError):
    code = "username_taken"
    text = _("Somebody else has this user name. Choose another one.")
    field = "username"


class NoAddress(DomainError):
    code = "no_address"
    text = _("Write an e-mail address, so that the invitation can be sent.")
    field = "email"


class LastAdministrator(DomainError):
    code = "last_administrator"
    text = _("This is the last administrator. Make somebody else an administrator first.")


class OtherOrganisation(DomainError):
    code = "other_organisation"
    text = _("This department is not part of the organisation.")
    field = "department"


class DayFixed(DomainError):
    code = "day_fixed"
    text = _("The day stands in the site's settings. Ask who runs the server to change it.")
    field = "day"
