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
    text = _("This person has no e-mail address. Print the invitation.")
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


class OwnRights(DomainError):
    code = "own_rights"
    text = _("You cannot give yourself a role. Ask another administrator or manager.")


class NotYoursToGive(DomainError):
    code = "not_yours_to_give"
    text = _("You cannot give or take this role. Managers do so in their own organisation, administrators everywhere.")


class OwnAccount(DomainError):
    code = "own_account"
    text = _("You cannot close your own account. Ask another administrator or manager.")


class AccountErased(DomainError):
    code = "account_erased"
    text = _("This account was erased. Nothing of it can be opened again.")


class OrganisationNameTaken(DomainError):
    code = "organisation_name_taken"
    text = _("There is an organisation with this name already. Choose another name.")
    field = "name"


class DepartmentNameTaken(DomainError):
    code = "department_name_taken"
    text = _("There is a department with this name at this place already. Choose another name or another place.")
    field = "name"


class TooDeep(DomainError):
    code = "too_deep"
    text = _("Departments stand on six levels at most. Choose a place further up.")
    field = "parent"


class BelowItself(DomainError):
    code = "below_itself"
    text = _("A department cannot stand below itself. Choose another place.")
    field = "parent"


class DepartmentInUse(DomainError):
    code = "department_in_use"
    text = _("People, cohorts or other departments belong to this department. Move them first.")


class NobodyChosen(DomainError):
    code = "nobody_chosen"
    text = _("Choose for at least one duty who takes it.")


class CannotTake(DomainError):
    code = "cannot_take"
    text = _("This person cannot take this. Choose somebody else.")


class DutyGone(DomainError):
    code = "duty_gone"
    text = _("Somebody has changed this in the meantime. Look at the list again.")


class AddressTaken(DomainError):
    code = "address_taken"
    text = _("Somebody else has this e-mail address.")
    field = "email"


class MayNotHelp(DomainError):
    code = "may_not_help"
    text = _("You cannot give this person a code. An administrator can.")


class TooManyCodes(DomainError):
    code = "too_many_codes"
    text = _("You have given many codes in the last hour. Wait an hour, and then try again.")


class MayNotTake(DomainError):
    code = "may_not_take"
    text = _("You cannot take this person’s second step away. An administrator can, but nobody their own.")


class NoSecondStep(DomainError):
    code = "no_second_step"
    text = _("This person has no second step. There is nothing to take away.")
