"""Users, organisations and their departments, memberships, site roles and invitations."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

import rules
from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from lms.plugins import Role


class Organisation(models.Model):
    """A town, cultural organisation or adult-education partner that runs cohorts."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(_("short name in addresses"), unique=True)
    country = models.CharField(_("country"), max_length=2, help_text=_("Two letters, such as GR."))

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A part of an organisation; parts may stand under other parts."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="departments")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    name = models.CharField(_("name"), max_length=200)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["name"]
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        constraints = [models.UniqueConstraint("organisation", "name", name="department_once_in_organisation")]

    def __str__(self) -> str:
        return self.name


class PersonManager(UserManager["User"]):
    """Django's manager of accounts with this room's reads."""

    use_in_migrations = False

    def with_email(self, email: str) -> models.QuerySet["User"]:
        """Return the account with this address, whatever its case; none for an empty address."""
        return self.filter(email__iexact=email) if email else self.none()

    def with_username(self, username: str) -> models.QuerySet["User"]:
        """Return the account with this user name, whatever its case."""
        return self.filter(username__iexact=username)


class User(AbstractUser):
    """A person with an account. The e-mail address is optional; where given, it is nobody else's."""

    email = models.EmailField(_("e-mail address"), blank=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="people")
    department = models.ForeignKey(Department, models.SET_NULL, null=True, blank=True, related_name="people")
    language = models.CharField(_("language"), max_length=8, default="en")

    objects: ClassVar[PersonManager] = PersonManager()
    wagtail_reference_index_ignore = True
    kept_roles: "list[Role] | None" = None
    """Every role the person holds, once it was asked for; lives as long as this object, which is one request."""
    empty_role_sources: frozenset[str] = frozenset()
    """Names of role sources that are known to hold nothing for this person; the backend finds out in its one query."""

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="email_of_one_person_only"),
            models.UniqueConstraint(Lower("username"), name="username_whatever_the_case"),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Return whether the person has the permission; what a room declared, its rule alone answers.

        A superuser passes Django's and Wagtail's own permissions, but administers the site without reading what people
        hold in confidence.
        """
        if rules.perm_exists(perm):
            return self.is_active and bool(rules.has_perm(perm, self, obj))
        return super().has_perm(perm, obj)


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


class Invitation(models.Model):
    """An account that waits for its owner: the link carries a signed token and ends when it expires or is used.

    ``mailed_at`` is None while the mail still has to leave.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitation")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("invited to"), max_length=250, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.user)

    def is_open(self, at: datetime) -> bool:
        """Return whether the link still works at that time."""
        return self.accepted_at is None and at < self.expires_at
