"""Forms of this room."""

from lms.people.forms.account import AccountForm
from lms.people.forms.code import CodeForm, PasswordForm
from lms.people.forms.invitation import AcceptInvitationForm

__all__ = [
    "AcceptInvitationForm",
    "AccountForm",
    "CodeForm",
    "PasswordForm",
]
