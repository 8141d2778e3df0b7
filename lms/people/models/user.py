"""The person with an account."""

from typing import TYPE_CHECKING, Any, ClassVar

import rules
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from lms.people.models.organisation import Department, Organisation

if TYPE_CHECKING:
    from lms.people.second_step import SecondStep
    from lms.plugins import Role


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
    session_round = models.PositiveIntegerField(default=0, editable=False)
    """Counts how often the person signed out everywhere: a session of an earlier round is over."""

    objects: ClassVar[PersonManager] = PersonManager()
    wagtail_reference_index_ignore = True
    kept_roles: "list[Role] | None" = None
    """Every role the person holds, once it was asked for; lives as long as this object, which is one request."""
    empty_role_sources: frozenset[str] = frozenset()
    """Names of role sources that are known to hold nothing for this person; the backend finds out in its one query."""
    second_step: "SecondStep | None" = None
    """What is known of the person's second step at sign-in; the backend finds out in its one query."""

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="email_of_one_person_only"),
            models.UniqueConstraint(Lower("username"), name="username_whatever_the_case"),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django asks here for the hash that a session must bear, with each of the secrets that still count.
        if not self.session_round:
            return str(super()._get_session_auth_hash(secret=secret))
        text = f"{self.password}{self.session_round}"
        return salted_hmac("lms.people.session_round", text, secret=secret, algorithm="sha256").hexdigest()

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Return whether the person has the permission; what a room declared, its rule alone answers.

        A superuser passes Django's and Wagtail's own permissions, but administers the site without reading what people
        hold in confidence.
        """
        if rules.perm_exists(perm):
            return self.is_active and bool(rules.has_perm(perm, self, obj))
        return super().has_perm(perm, obj)
