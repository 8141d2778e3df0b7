"""Inviting people, giving them roles, one's own account, and signing in."""

from lms.people.actions.account import change_account, export_data
from lms.people.actions.codes import check_code, choose_password, make_code, make_codes, redeem_code
from lms.people.actions.invitations import (
    accept_invitation,
    check_open,
    invitation_path,
    invite_person,
    resend_invitation,
)
from lms.people.actions.roles import (
    grant_organisation_role,
    grant_site_role,
    withdraw_organisation_role,
    withdraw_site_role,
)
from lms.people.actions.second_step import remind_of_second_step, require_second_step
from lms.people.actions.sessions import end_all_sessions, end_session, note_session, remove_ended_sessions

__all__ = [
    "accept_invitation",
    "change_account",
    "check_code",
    "check_open",
    "choose_password",
    "end_all_sessions",
    "end_session",
    "export_data",
    "grant_organisation_role",
    "grant_site_role",
    "invitation_path",
    "invite_person",
    "make_code",
    "make_codes",
    "note_session",
    "redeem_code",
    "remind_of_second_step",
    "remove_ended_sessions",
    "require_second_step",
    "resend_invitation",
    "withdraw_organisation_role",
    "withdraw_site_role",
]
