"""Pages of this room."""

from lms.people.views.account import account, account_data
from lms.people.views.code import code_enter, code_password
from lms.people.views.invitation import BACKEND, invitation_accept
from lms.people.views.sign_in import admin_sign_in

__all__ = [
    "BACKEND",
    "account",
    "account_data",
    "admin_sign_in",
    "code_enter",
    "code_password",
    "invitation_accept",
]
