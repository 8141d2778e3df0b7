"""Forms of this room."""

from lms.people.forms.account import AccountForm
from lms.people.forms.code import CodeForm, PasswordForm
from lms.people.forms.invitation import AcceptInvitationForm
from lms.people.forms.second_step import SecondStepDayForm

__all__ = [
    "AcceptInvitationForm",
    "AccountForm",
    "CodeForm",
    "PasswordForm",
    "SecondStepDayForm",
]
