"""Memberships in organisations, and roles on the whole site."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.people.models.organisation import Department, Organisation


class OrganisationMembership(models.Model):
    """A person's role in an organisation, or in one department of it: who manages it, who opens cohorts for it."""

    class Role(models.TextChoices):
        MANAGER = "manager", _("Manager")
        COORDINATOR = "coordinator", _("Coordinator")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="organisation_memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    department = models.ForeignKey(Department, models.CASCADE, null=True, blank=True, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint("user", "organisation", "department", "role", name="membership_once_in_department"),
            models.UniqueConstraint(
                "user",
                "organisation",
                "role",
                condition=models.Q(department=None),
                name="membership_once_in_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()} – {self.department or self.organisation}"


class SiteRole(models.Model):
    """A person's role on the whole site."""

    class Role(models.TextChoices):
        TRAINER = "trainer", _("Trainer")
        EDITOR = "editor", _("Editor")
        ADMINISTRATOR = "administrator", _("Administrator")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="site_roles")
    role = models.CharField(_("role"), max_length=20, choices=Role)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint("user", "role", name="site_role_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}"
