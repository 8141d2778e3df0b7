"""Who may: roles out of every room's role source, and the one way to ask for a permission."""

from collections.abc import Iterable
from datetime import datetime

import rules
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model

from lms.people.models import User
from lms.people.second_step import second_step_of
from lms.plugins import ROLE_SOURCES, Role

Person = User | AnonymousUser


def roles_of(user: Person) -> list[Role]:
    """Return every role that ``user`` holds anywhere; kept on the user object for the time of a request."""
    if not isinstance(user, User):
        return []
    if user.kept_roles is None:
        asked = [source for source in ROLE_SOURCES.collect() if source.name not in user.empty_role_sources]
        user.kept_roles = [role for source in asked for role in source.roles_of(user)]
    return user.kept_roles


def forget_roles(user: User) -> None:
    """Make the next question for this person's roles read them anew, after a change in the same request."""
    user.empty_role_sources, user.kept_roles = frozenset(), None


def has_role(user: Person, names: str | Iterable[str], scope: Model | None = None) -> bool:
    """Return whether ``user`` holds one of the roles, for ``scope`` where one is given, else anywhere."""
    wanted = {names} if isinstance(names, str) else set(names)
    return any(role.name in wanted and (scope is None or role.scope == scope) for role in roles_of(user))


def require(user: Person, permission: str, thing: Model | None = None) -> None:
    """Raise ``PermissionDenied`` (403) unless ``user`` has the permission for ``thing``."""
    if not user.has_perm(permission, thing):
        raise PermissionDenied


def lacks_second_step(user: Person, at: datetime) -> bool:
    """Return whether somebody must set up a second step at sign-in before anything else opens."""
    return isinstance(user, User) and second_step_of(user).is_missing(at)


@rules.predicate
def is_administrator(user: Person) -> bool:
    """Return whether ``user`` administers the site."""
    return has_role(user, "administrator")


@rules.predicate
def is_editor(user: Person) -> bool:
    """Return whether ``user`` edits content."""
    return has_role(user, "editor")


rules.add_perm("lms_people.change_sign_in_rules", is_administrator)
