"""Inviting people, giving them roles, and one's own account."""

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

__all__ = [
    "accept_invitation",
    "change_account",
    "check_code",
    "check_open",
    "choose_password",
    "export_data",
    "grant_organisation_role",
    "grant_site_role",
    "invitation_path",
    "invite_person",
    "make_code",
    "make_codes",
    "redeem_code",
    "resend_invitation",
    "withdraw_organisation_role",
    "withdraw_site_role",
]
