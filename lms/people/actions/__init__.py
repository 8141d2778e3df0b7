"""Inviting people, giving them roles, and one's own account."""

from lms.people.actions.account import change_account, export_data
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
    "check_open",
    "export_data",
    "grant_organisation_role",
    "grant_site_role",
    "invitation_path",
    "invite_person",
    "resend_invitation",
    "withdraw_organisation_role",
    "withdraw_site_role",
]
