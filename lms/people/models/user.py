"""The person with an account."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

import rules
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lms.people.models.organisation import Department, Organisation
from lms.people.naming import names_in_force

if TYPE_CHECKING:
    from lms.people.second_step import SecondStep
    from lms.plugins import Role


class PersonQuerySet(models.QuerySet["User"]):
    """Reads of accounts."""

    def visible_to(self, user: "User") -> Self:
        """Keep everybody for an administrator, else the people of the organisations and departments managed."""
        from lms.people.permissions import people_managed_by

        return self.filter(people_managed_by(user))

    def in_state(self, state: str) -> Self:
        """Keep those in a state of ``State``."""
        waiting = models.Q(password__startswith=UNUSABLE_PASSWORD_PREFIX, last_login=None)
        states = {
            User.State.INVITED: models.Q(is_active=True) & waiting,
            User.State.ACTIVE: models.Q(is_active=True) & ~waiting,
            User.State.LEFT: models.Q(is_active=False),
        }
        return self.filter(states[User.State(state)])

    def with_words(self, words: str) -> Self:
        """Keep those whose name, user name or address has each of the words."""
        found = self
        for word in words.split()[:6]:
            hit = models.Q(first_name__icontains=word) | models.Q(last_name__icontains=word)
            found = found.filter(hit | models.Q(username__icontains=word) | models.Q(email__icontains=word))
        return found

    def by_name(self) -> Self:
        """Order by family name, first name, and key."""
        return self.order_by("last_name", "first_name", "pk")

    def reverse_by_name(self) -> Self:
        """Order the other way round."""
        return self.order_by("-last_name", "-first_name", "-pk")

    def after(self, person: "User") -> Self:
        """Keep who stands below a person in the order of ``by_name``."""
        return self.filter(_beyond(person, "gt"))

    def before(self, person: "User") -> Self:
        """Keep who stands above a person in the order of ``by_name``."""
        return self.filter(_beyond(person, "lt"))


def _beyond(person: "User", way: str) -> models.Q:
    last, first = models.Q(last_name=person.last_name), models.Q(first_name=person.first_name)
    farther = models.Q(**{f"first_name__{way}": person.first_name})
    return models.Q(**{f"last_name__{way}": person.last_name}) | (
        last & (farther | (first & models.Q(**{f"pk__{way}": person.pk})))
    )


class PersonManager(UserManager["User"]):
    """Django's manager of accounts with this room's reads."""

    use_in_migrations = False

    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def create_superuser(self, *args: Any, **fields: Any) -> "User":
        """Make an account that administers the site, with the role that the site's own pages ask for."""
        user = super().create_superuser(*args, **fields)
        user.site_roles.get_or_create(role="administrator")
        return user

    def visible_to(self, user: "User") -> PersonQuerySet:
        """Keep the people that ``user`` looks after; see ``PersonQuerySet.visible_to``."""
        return self.get_queryset().visible_to(user)

    def managing(self, organisation: Organisation, department: Department | None = None) -> PersonQuerySet:
        """Return who manages the organisation, and who manages the department or one above it."""
        keys = [int(key) for key in department.path.strip("/").split("/")] if department else []
        places = models.Q(organisation_memberships__department=None) | models.Q(
            organisation_memberships__department__in=keys
        )
        held = models.Q(organisation_memberships__organisation=organisation, organisation_memberships__role="manager")
        return self.get_queryset().filter(held & places, is_active=True).distinct()

    def with_email(self, email: str) -> models.QuerySet["User"]:
        """Return the account with this address, whatever its case; none for an empty address."""
        return self.filter(email__iexact=email) if email else self.none()

    def with_username(self, username: str) -> models.QuerySet["User"]:
        """Return the account with this user name, whatever its case."""
        return self.filter(username__iexact=username)


class User(AbstractUser):
    """A person with an account. The e-mail address is optional; where given, it is nobody else's."""

    class State(models.TextChoices):
        INVITED = "invited", _("Invited")
        ACTIVE = "active", _("Active")
        LEFT = "left", _("Left")

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
        indexes = [models.Index(fields=["last_name", "first_name", "id"], name="people_by_name")]
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="email_of_one_person_only"),
            models.UniqueConstraint(Lower("username"), name="username_whatever_the_case"),
        ]

    def __str__(self) -> str:
        other = names_in_force().get(self.pk or 0)
        return other or self.get_full_name() or (gettext("Former member") if self.is_erased else self.username)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django asks here for the hash that a session must bear, with each of the secrets that still count.
        if not self.session_round:
            above: Any = super()
            return str(above._get_session_auth_hash(secret=secret))
        text = f"{self.password}{self.session_round}"
        return salted_hmac("lms.people.session_round", text, secret=secret, algorithm="sha256").hexdigest()

    def get_absolute_url(self) -> str:
        return reverse("lms_people:person_detail", args=[self.pk])

    @property
    def is_erased(self) -> bool:
        """Whether the account was erased: the row stays, so that counts stay right, and tells nothing of its owner."""
        return not self.is_active and self.username == self.erased_username

    @property
    def erased_username(self) -> str:
        """The user name that the account has once it is erased."""
        return f"erased-{self.pk}"

    @property
    def state(self) -> State:
        """Whether the person is invited and never came, is there, or has left."""
        if not self.is_active:
            return self.State.LEFT
        return self.State.ACTIVE if self.has_usable_password() or self.last_login else self.State.INVITED

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Return whether the person has the permission; what a room declared, its rule alone answers.

        A superuser passes Django's and Wagtail's own permissions, but administers the site without reading what people
        hold in confidence.
        """
        if rules.perm_exists(perm):
            return self.is_active and bool(rules.has_perm(perm, self, obj))
        return super().has_perm(perm, obj)
