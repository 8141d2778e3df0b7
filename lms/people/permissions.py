"""Who may: roles out of every room's role source, and the one way to ask for a permission."""

from collections.abc import Iterable

import rules
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model

from lms.people.models import User
from lms.plugins import ROLE_SOURCES, Role

Person = User | AnonymousUser


def roles_of(user: Person) -> list[Role]:
    """Return every role that ``user`` holds anywhere; kept on the user object for the time of a request."""
    if not isinstance(user, User):
        return []
    # By attribute, not in ``__dict__``: a lazy user of a request passes attributes on to the real one.
    kept: list[Role] | None = getattr(user, "_roles", None)
    if kept is None:
        kept = [role for source in ROLE_SOURCES.collect() for role in source.roles_of(user)]
        setattr(user, "_roles", kept)  # noqa: B010
    return kept


def has_role(user: Person, names: str | Iterable[str], scope: Model | None = None) -> bool:
    """Return whether ``user`` holds one of the roles, for ``scope`` where one is given, else anywhere."""
    wanted = {names} if isinstance(names, str) else set(names)
    return any(role.name in wanted and (scope is None or role.scope == scope) for role in roles_of(user))


def require(user: Person, permission: str, thing: Model | None = None) -> None:
    """Raise ``PermissionDenied`` (403) unless ``user`` has the permission for ``thing``."""
    if not user.has_perm(permission, thing):
        raise PermissionDenied


@rules.predicate
def is_administrator(user: Person) -> bool:
    """Return whether ``user`` administers the site."""
    return has_role(user, "administrator")


@rules.predicate
def is_editor(user: Person) -> bool:
    """Return whether ``user`` edits content."""
    return has_role(user, "editor")
