"""Users, organisations and their departments, memberships, site roles, invitations and where people are signed in."""

from lms.people.models.code import OneTimeCode
from lms.people.models.invitation import Invitation
from lms.people.models.organisation import Department, Organisation
from lms.people.models.role import OrganisationMembership, SiteRole
from lms.people.models.sign_in import OpenSession, SignInRules
from lms.people.models.user import PersonManager, User

__all__ = [
    "Department",
    "Invitation",
    "OneTimeCode",
    "OpenSession",
    "Organisation",
    "OrganisationMembership",
    "PersonManager",
    "SignInRules",
    "SiteRole",
    "User",
]
