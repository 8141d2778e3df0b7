"""Users, organisations and their departments, memberships, site roles and invitations."""

from lms.people.models.code import OneTimeCode
from lms.people.models.invitation import Invitation
from lms.people.models.organisation import Department, Organisation
from lms.people.models.role import OrganisationMembership, SiteRole
from lms.people.models.user import PersonManager, User

__all__ = [
    "Department",
    "Invitation",
    "OneTimeCode",
    "Organisation",
    "OrganisationMembership",
    "PersonManager",
    "SiteRole",
    "User",
]
