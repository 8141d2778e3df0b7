"""Who is signed in, with one look at the tables that give roles, and what Django's own groups allow them."""

from functools import cache, lru_cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.apps import apps
from django.contrib.auth import get_permission_codename
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Model, OuterRef, QuerySet
from rules.permissions import permissions as rules

from lms.people.models import User
from lms.people.second_step import kept_with, with_second_step
from lms.plugins import ROLE_SOURCES, RoleSource


class PersonBackend(AuthenticationBackend):
    """Signs in by user name or e-mail address; rights of groups count only where no rule of ours decides."""

    def get_user(self, user_id: int) -> User | None:
        """Return the person of a session, who knows which role sources have nothing for them, and their second step."""
        sources = tuple(ROLE_SOURCES.collect())
        question, values = _question(sources)
        user = next(iter(User.objects.raw(question, [*values, user_id])), None)
        if user is None or not self.user_can_authenticate(user):
            return None
        looked = [source.name for source in sources if source.memberships]
        user.empty_role_sources = frozenset(name for name in looked if not vars(user)[f"holds_{name}"])
        user.second_step = kept_with(user)
        return user

    def has_perm(self, user_obj: AbstractBaseUser | AnonymousUser, perm: str, obj: Model | None = None) -> bool:
        """Leave to the rules what they alone know: reading a person's groups for it takes two queries a page."""
        return perm not in _known_to_rules_alone() and super().has_perm(user_obj, perm, obj)


@lru_cache(maxsize=4)
def _question(sources: tuple[RoleSource, ...]) -> tuple[str, tuple[Any, ...]]:
    """Return the question of every page in SQL, and its values but for the last one, the person's key.

    To put so many looks into SQL takes ten times as long as the database needs to answer; the sources change only
    when a plugin does, so it is done once.
    """
    question, values = _people(sources).filter(pk=0).order_by().query.sql_with_params()
    return question, values[:-1]


def _people(sources: tuple[RoleSource, ...]) -> QuerySet[User]:
    looks = {
        f"holds_{source.name}": Exists(source.memberships().filter(user=OuterRef("pk")))
        for source in sources
        if source.memberships
    }
    return with_second_step(User.objects.annotate(**looks), sources)


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
