"""Which roles people hold, and what rests on them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet

from lms.plugins.point import HookPoint, Text

if TYPE_CHECKING:
    from lms.people.models import User


@dataclass(frozen=True)
class Role:
    """A role that a person holds: ``name`` is the role's code, ``scope`` the object it holds for, if any.

    ``key`` finds the role again in its source, which ends it.
    """

    name: str
    label: Text
    scope: Model | None = None
    key: str = ""


@dataclass(frozen=True)
class RoleSource:
    """Tells which roles a person holds; a membership table's room registers one.

    ``memberships`` returns the rows that give roles, each with a ``user`` and a ``role``: a signed-in person who has
    none there is found with one look at all these tables, and this source is not asked. Without it every page asks.
    ``guarded`` returns those rows whose holders must have a second step at sign-in from the day on that the site
    requires it.
    Where the rows have no ``role``, ``every_row`` names the one that each of them gives, and its label.
    ``end`` is given a role's key, who ends it, and when; it asks the rule, and raises ``PermissionDenied`` when it is
    not theirs to end and a ``DomainError`` when something stands against it.
    """

    name: str
    roles_of: Callable[["User"], Iterable[Role]]
    memberships: Callable[[], QuerySet[Any]] | None = None
    guarded: Callable[[], QuerySet[Any]] | None = None
    every_row: tuple[str, Text] | None = None
    end: Callable[[str, "User", datetime], None] | None = None


@dataclass(frozen=True)
class Duty:
    """Something that rests on one person: when they leave, it goes to another. ``key`` finds it in its source.

    Administrators and the person's own managers hand over everything; ``decided_by`` says who else decides on this
    duty, such as the coordinator of a mentor's cohort.
    """

    key: str
    title: Text
    url: str = ""
    decided_by: Callable[["User"], bool] | None = None


@dataclass(frozen=True)
class DutySource:
    """Finds what rests on a person, who could take one of these duties, and hands it over.

    ``hand_over`` is given the duty's key, who leaves, who takes it, who decides, and when; it raises a
    ``DomainError`` when that person cannot take it.
    """

    name: str
    label: Text
    duties_of: Callable[["User"], Iterable[Duty]]
    takers: Callable[[str, "User"], QuerySet["User"]]
    hand_over: Callable[[str, "User", "User", "User", datetime], None]


ROLE_SOURCES = HookPoint("register_role_sources", RoleSource, "Membership tables make their roles known.")
DUTY_SOURCES = HookPoint("register_duty_sources", DutySource, "What rests on a person and can be handed over.")
