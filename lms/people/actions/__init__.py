"""Inviting people, giving them roles, one's own account, and signing in."""

from lms.people.actions.account import change_account, keep_address
from lms.people.actions.bulk import NewPerson, invite_people, reopen_invitations
from lms.people.actions.codes import check_code, choose_password, make_code, make_codes, redeem_code
from lms.people.actions.hand_over import Resting, duties_resting_on, hand_over
from lms.people.actions.helping import help_to_sign_in
from lms.people.actions.invitations import (
    accept_invitation,
    check_open,
    invitation_path,
    invite_person,
    resend_invitation,
    withdraw_invitation,
)
from lms.people.actions.leaving import close_account, reopen_account
from lms.people.actions.lost_step import take_away_second_step
from lms.people.actions.organisations import (
    add_department,
    add_organisation,
    change_department,
    change_organisation,
    order_department,
    remove_department,
)
from lms.people.actions.people import change_person, correct_address, invite_new_person
from lms.people.actions.roles import (
    end_role,
    gives_in,
    grant_organisation_role,
    grant_site_role,
    withdraw_organisation_role,
    withdraw_site_role,
)
from lms.people.actions.second_step import remind_of_second_step, require_second_step
from lms.people.actions.sessions import end_all_sessions, end_session, note_session, remove_ended_sessions

__all__ = [
    "NewPerson",
    "Resting",
    "accept_invitation",
    "add_department",
    "add_organisation",
    "change_account",
    "change_department",
    "change_organisation",
    "change_person",
    "check_code",
    "check_open",
    "choose_password",
    "close_account",
    "correct_address",
    "duties_resting_on",
    "end_all_sessions",
    "end_role",
    "end_session",
    "gives_in",
    "grant_organisation_role",
    "grant_site_role",
    "hand_over",
    "help_to_sign_in",
    "invitation_path",
    "invite_new_person",
    "invite_people",
    "invite_person",
    "keep_address",
    "make_code",
    "make_codes",
    "note_session",
    "order_department",
    "redeem_code",
    "remind_of_second_step",
    "remove_department",
    "remove_ended_sessions",
    "reopen_account",
    "reopen_invitations",
    "require_second_step",
    "resend_invitation",
    "take_away_second_step",
    "withdraw_invitation",
    "withdraw_organisation_role",
    "withdraw_site_role",
]
