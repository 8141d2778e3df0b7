"""Forms of this room."""

from lms.people.forms.account import AccountForm
from lms.people.forms.code import CodeForm, PasswordForm
from lms.people.forms.hand_over import HandOverForm
from lms.people.forms.invitation import AcceptInvitationForm
from lms.people.forms.organisation import DepartmentForm, OrganisationForm
from lms.people.forms.people import AddressForm, InvitationForm, NameAgainForm, PersonForm, PersonSearch
from lms.people.forms.role import RoleForm
from lms.people.forms.second_step import ReasonForm, SecondStepDayForm

__all__ = [
    "AcceptInvitationForm",
    "AccountForm",
    "AddressForm",
    "CodeForm",
    "DepartmentForm",
    "HandOverForm",
    "InvitationForm",
    "NameAgainForm",
    "OrganisationForm",
    "PasswordForm",
    "PersonForm",
    "PersonSearch",
    "ReasonForm",
    "RoleForm",
    "SecondStepDayForm",
]
