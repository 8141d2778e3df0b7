"""The list of people: what it can be narrowed to, its pages, and each person's roles in words."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.http import QueryDict
from django.utils.translation import gettext as _

from lms.http import number_in
from lms.people.models import User
from lms.people.models.user import PersonQuerySet
from lms.plugins import ROLE_SOURCES, RoleSource, Text

PAGE = 25


@dataclass(frozen=True)
class Row:
    """A person in the list, with the words for their roles."""

    person: User
    roles: Sequence[str]


@dataclass(frozen=True)
class Page:
    """Some rows of the list, with the keys to go on with in both directions; None where nothing follows."""

    rows: Sequence[Row]
    before: int | None
    after: int | None


def _role_tables() -> list[tuple[QuerySet[Any], dict[str, str]]]:
    sources = ROLE_SOURCES.collect()
    return [_with_words(source, source.memberships()) for source in sources if source.memberships]


def _with_words(source: RoleSource, table: QuerySet[Any]) -> tuple[QuerySet[Any], dict[str, str]]:
    if source.every_row:
        name, label = source.every_row
        return table.annotate(role=Value(name)), {name: str(label)}
    return table, dict(table.model._meta.get_field("role").choices)


def role_choices() -> list[tuple[str, str]]:
    """Return every role that somebody can hold anywhere, by its name, each once."""
    found: dict[str, str] = {}
    for _table, words in _role_tables():
        found |= {name: label for name, label in words.items() if name not in found}
    return list(found.items())


def holders_of(role: str) -> Q:
    """Return the filter of the people who hold this role anywhere."""
    found = Q(pk__in=[])
    for table, words in _role_tables():
        if role in words:
            found |= Q(pk__in=table.filter(role=role).order_by().values("user"))
    return found


def belonging_nowhere(people: PersonQuerySet) -> PersonQuerySet:
    """Keep the open accounts without organisation and role: a mentor from outside belongs to a cohort alone."""
    found = people.filter(organisation=None, is_active=True)
    for table, _words in _role_tables():
        found = found.filter(~Exists(table.order_by().filter(user=OuterRef("pk"))))
    return found


def narrowed(people: PersonQuerySet, wanted: dict[str, Any]) -> PersonQuerySet:
    """Keep the people whom the search form asks for."""
    if wanted.get("words"):
        people = people.with_words(wanted["words"])
    if wanted.get("state"):
        people = people.in_state(wanted["state"])
    if wanted.get("organisation"):
        place = wanted["organisation"]
        people = belonging_nowhere(people) if place == "none" else people.filter(organisation=place)
    if wanted.get("department"):
        people = people.filter(department__path__startswith=wanted["department"].path)
    if wanted.get("role"):
        people = people.filter(holders_of(wanted["role"]))
    return people


def page_of(people: PersonQuerySet, query: QueryDict) -> Page:
    """Return the page of people that follows or precedes the person whose key the address names."""
    back = _known(people, query.get("before"))
    on = _known(people, query.get("after"))
    chosen = people.before(back).reverse_by_name() if back else people.after(on).by_name() if on else people.by_name()
    found = list(chosen.select_related("organisation", "department")[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    if back:
        found.reverse()
    earlier, later = (more, True) if back else (on is not None, more)
    roles = roles_in_words(found)
    rows = [Row(person, roles.get(person.pk, [])) for person in found]
    return Page(rows, found[0].pk if found and earlier else None, found[-1].pk if found and later else None)


def _known(people: PersonQuerySet, key: str | None) -> User | None:
    number = number_in(key)
    return None if number is None else people.filter(pk=number).first()


def roles_in_words(people: Sequence[User]) -> dict[int, list[str]]:
    """Return the words for everybody's roles, each once, in one query for each table of roles."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    ids = [person.pk for person in people]
    for table, words in _role_tables():
        for user, role in table.filter(user__in=ids).order_by().values_list("user", "role"):
            found[user][str(words.get(role, role))] = None
    return {user: list(words) for user, words in found.items()}


def chosen_filters(form: Any) -> list[tuple[Text, str, str]]:
    """Return label, word and the address without it for every filter that is set."""
    chosen = {name: form.data.get(name) for name in form.cleaned_data if form.cleaned_data[name]}
    found: list[tuple[Text, str, str]] = []
    for name, value in chosen.items():
        others = QueryDict(mutable=True)
        others.update({other: kept for other, kept in chosen.items() if other != name})
        found.append((form.fields[name].label or "", _word(form, name, value), f"?{others.urlencode()}"))
    return found


def _word(form: Any, name: str, value: str) -> str:
    if name == "department":
        return str(form.cleaned_data[name])
    return str(dict(getattr(form.fields[name], "choices", [])).get(value, value)) or _("all")
