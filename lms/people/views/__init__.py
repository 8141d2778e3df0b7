"""Pages of this room."""

from lms.people.views.account import account, account_data
from lms.people.views.code import code_enter, code_password
from lms.people.views.invitation import BACKEND, invitation_accept
from lms.people.views.second_step import second_step, second_step_rule
from lms.people.views.sessions import session_end, session_end_all, session_end_others, session_list
from lms.people.views.sign_in import admin_sign_in

__all__ = [
    "BACKEND",
    "account",
    "account_data",
    "admin_sign_in",
    "code_enter",
    "code_password",
    "invitation_accept",
    "second_step",
    "second_step_rule",
    "session_end",
    "session_end_all",
    "session_end_others",
    "session_list",
]
