"""What a person may do, and why: asked of the rules themselves, so that the answer is the one the site gives."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _

from lms.journal.models import Entry
from lms.people.models import User
from lms.people.permissions import DESCRIBED, Described, roles_of
from lms.plugins import ROLE_SOURCES, Role, Text

ASKED = 25
"""About how many things of a kind a person is asked at most."""


@dataclass(frozen=True)
class Held:
    """A role that a person holds, who gave it and when, as the journal knows it, and whether it can be taken back."""

    source: str
    role: Role
    entry: Entry | None
    ends: bool


@dataclass(frozen=True)
class Right:
    """A permission in words, whether the person has it, and the roles or the other reason that give it."""

    name: str
    text: Text
    allowed: bool
    roles: Sequence[Role] = ()
    reason: str = ""


def roles_with_givers(person: User) -> list[Held]:
    """Return the person's roles with the entries of the journal that tell of them."""
    held = [(source, role) for source in ROLE_SOURCES.collect() for role in source.roles_of(person)]
    entries = list(_givings(person))
    return [
        Held(source.name, role, next((e for e in entries if _tells_of(e, role)), None), source.end is not None)
        for source, role in held
    ]


def _givings(person: User) -> Any:
    user_type = ContentType.objects.get_for_model(User)
    given = Q(verb="granted", object_type=user_type, object_id=person.pk)
    joined = Q(verb="joined", data__user=person.pk)
    return Entry.objects.filter(given | joined).select_related("actor").order_by("-at", "-pk")


def _tells_of(entry: Entry, role: Role) -> bool:
    if entry.data.get("role") != role.name:
        return False
    if role.scope is None:
        return entry.context_id is None
    scope_type = ContentType.objects.get_for_model(role.scope)
    return (entry.context_type_id, entry.context_id) == (scope_type.pk, role.scope.pk)


def rights_of(person: User) -> list[tuple[str, list[Right]]]:
    """Return every right that a room has described, by room, with whether and why the person has it."""
    asker = Asker(person)
    rooms: dict[str, list[Right]] = {}
    for described in DESCRIBED.values():
        label = described.name.partition(".")[0]
        rooms.setdefault(str(apps.get_app_config(label).verbose_name), []).append(asker.ask(described))
    return sorted(rooms.items())


class Asker:
    """Asks the rules about one person: with all their roles, with each role alone, with none, and about a stranger."""

    def __init__(self, person: User) -> None:
        self.person = person
        self.roles = roles_of(person)
        self.without = _as_if(person, [])
        self.stranger = _as_if(User(pk=0, username="somebody"), [])

    def ask(self, described: Described) -> Right:
        """Return whether the person has this right about anything, and by which of their roles."""
        by_roles: list[Role] = []
        allowed, reason = False, ""
        for thing in self._things(described):
            if not self.person.has_perm(described.name, thing):
                continue
            allowed = True
            if self.stranger.has_perm(described.name, thing):
                reason = reason or _("Everybody who is signed in may do this.")
            elif self.without.has_perm(described.name, thing):
                reason = reason or _("It is their own, or they belong to it.")
            else:
                new = [role for role in self.roles if role not in by_roles]
                by_roles += [role for role in new if self._alone(role, described, thing)]
        if allowed and not by_roles and not reason:
            reason = _("By several roles together.")
        return Right(described.name, described.text, allowed, by_roles, reason)

    def _alone(self, role: Role, described: Described, thing: Any) -> bool:
        return _as_if(self.person, [role]).has_perm(described.name, thing)

    def _things(self, described: Described) -> Iterator[Any]:
        if described.things is None:
            yield None
        else:
            yield from described.things(self.person)[:ASKED]


def _as_if(person: User, roles: list[Role]) -> User:
    other = copy(person)
    other.kept_roles = roles
    return other
