"""The roles that a list can give. Administrators are not among them: they are named one by one."""

from django.utils.translation import gettext_lazy as _

from lms.people.models import OrganisationMembership, SiteRole
from mentoring_ext.programmes.models import Role

COHORT_ROLES = frozenset(Role.values)
SITE_ROLES = frozenset({SiteRole.Role.TRAINER.value, SiteRole.Role.EDITOR.value})
MANAGER = OrganisationMembership.Role.MANAGER.value
LEARNERS = frozenset({Role.MENTOR.value, Role.MENTEE.value})

ROLES = [
    *Role.choices,
    (MANAGER, _("Manager")),
    (SiteRole.Role.TRAINER.value, _("Trainer")),
    (SiteRole.Role.EDITOR.value, _("Editor")),
]
