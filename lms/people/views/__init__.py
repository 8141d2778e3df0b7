"""Pages of this room."""

from lms.people.views.account import account
from lms.people.views.code import code_enter, code_password
from lms.people.views.hand_over import hand_over
from lms.people.views.helping import sign_in_help
from lms.people.views.invitation import BACKEND, invitation_accept
from lms.people.views.organisations import (
    department_edit,
    department_new,
    department_order,
    department_remove,
    organisation_detail,
    organisation_edit,
    organisation_list,
    organisation_new,
)
from lms.people.views.people import (
    person_address,
    person_close,
    person_detail,
    person_edit,
    person_invite,
    person_list,
    person_reopen,
    person_rights,
)
from lms.people.views.roles import role_end, role_new
from lms.people.views.second_step import second_step, second_step_lost, second_step_rule
from lms.people.views.sessions import session_end, session_end_all, session_end_others, session_list
from lms.people.views.sign_in import address, admin_sign_in, provider_leave

__all__ = [
    "BACKEND",
    "account",
    "address",
    "admin_sign_in",
    "code_enter",
    "code_password",
    "department_edit",
    "department_new",
    "department_order",
    "department_remove",
    "hand_over",
    "invitation_accept",
    "organisation_detail",
    "organisation_edit",
    "organisation_list",
    "organisation_new",
    "person_address",
    "person_close",
    "person_detail",
    "person_edit",
    "person_invite",
    "person_list",
    "person_reopen",
    "person_rights",
    "provider_leave",
    "role_end",
    "role_new",
    "second_step",
    "second_step_lost",
    "second_step_rule",
    "session_end",
    "session_end_all",
    "session_end_others",
    "session_list",
    "sign_in_help",
]
