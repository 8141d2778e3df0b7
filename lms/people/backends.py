"""Who is signed in, with one look at the tables that give roles, and what Django's own groups allow them."""

from functools import cache

from allauth.account.auth_backends import AuthenticationBackend
from django.apps import apps
from django.contrib.auth import get_permission_codename
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Model, OuterRef
from rules.permissions import permissions as rules

from lms.people.models import User
from lms.plugins import ROLE_SOURCES


class PersonBackend(AuthenticationBackend):
    """Signs in by user name or e-mail address; rights of groups count only where no rule of ours decides."""

    def get_user(self, user_id: int) -> User | None:
        """Return the person of a session, who knows which role sources have nothing for them."""
        sources = [source for source in ROLE_SOURCES.collect() if source.memberships]
        looks = {
            f"holds_{source.name}": Exists(source.memberships().filter(user=OuterRef("pk")))
            for source in sources
            if source.memberships
        }
        user = User.objects.annotate(**looks).filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        user.empty_role_sources = frozenset(one.name for one in sources if not getattr(user, f"holds_{one.name}"))
        return user

    def has_perm(self, user_obj: AbstractBaseUser | AnonymousUser, perm: str, obj: Model | None = None) -> bool:
        """Leave to the rules what they alone know: reading a person's groups for it takes two queries a page."""
        return perm not in _known_to_rules_alone() and super().has_perm(user_obj, perm, obj)


@cache
def _known_to_rules_alone() -> frozenset[str]:
    given_by_groups = {
        f"{model._meta.app_label}.{name}"
        for model in apps.get_models()
        for name in (
            *(get_permission_codename(action, model._meta) for action in model._meta.default_permissions),
            *(codename for codename, _label in model._meta.permissions),
        )
    }
    return frozenset(rules) - given_by_groups
