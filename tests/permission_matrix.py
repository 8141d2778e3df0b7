"""Reading `permission_matrix.txt` and asking the site what it answers.

`python -m tests.permission_matrix` prints the table with today's answers of the site, rows of new addresses included.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.models import Page

from tests.world import ROLES, World

TABLE = Path(__file__).with_name("permission_matrix.txt")
OUTSIDE = ("cms/", "administration/")
"""The two admins look after themselves: only editors and administrators enter."""
FORM = "application/x-www-form-urlencoded"
BODY = "csrfmiddlewaretoken="
"""What a browser sends of a form in which nothing was filled in."""
LETTERS = {200: "o", 403: "f", 404: "n", 405: "m", 409: "c", 422: "w"}


@dataclass(frozen=True)
class Row:
    """One line of the table: an address with its objects, a method, and a letter for each role in order."""

    address: str
    objects: str
    method: str
    letters: str

    def __str__(self) -> str:
        return f"{self.address + ' ':<52}{self.objects + ' ':<36}{self.method:<6}{' '.join(self.letters)}"


@dataclass(frozen=True)
class Table:
    """The whole table: rows to try, and addresses of libraries that are named only."""

    rows: list[Row]
    named: list[str]

    def addresses(self) -> set[str]:
        return {row.address for row in self.rows if not row.address.startswith("page:")} | set(self.named)


def read_table(text: str) -> Table:
    """Read the table's lines. Raises ``ValueError`` for a line that is none."""
    rows, named = [], []
    for line in filter(None, (line.partition("#")[0].strip() for line in text.splitlines())):
        if line.startswith("="):
            named += line[1:].split()
            continue
        address, objects, method, *letters = line.split()
        if len(letters) != len(ROLES):
            raise ValueError(f"Not one letter for each of {len(ROLES)} roles: {line}")
        rows.append(Row(address, objects, method, "".join(letters)))
    return Table(rows, named)


def addresses_of_site() -> set[str]:
    """Return the name of every address of the site, with its namespace; an address without a name by its pattern."""
    return set(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], namespace: str, prefix: str) -> Iterator[str]:
    for pattern in patterns:
        where = prefix + str(pattern.pattern)
        if where.startswith(OUTSIDE):
            continue
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, where)
        else:
            yield namespace + (pattern.name or where)


def url_of(row: Row, world: World) -> str:
    """Return the row's URL: `pk=group` takes the object's field of that name, or its key where it has none."""
    if row.address.startswith("page:"):
        page: Page = world.objects[row.address.removeprefix("page:")]
        return str(page.url)
    given = dict(part.split("=") for part in row.objects.split(",")) if row.objects != "-" else {}
    return reverse(row.address, kwargs={name: _value(name, what, world) for name, what in given.items()})


def _value(name: str, what: str, world: World) -> object:
    thing = world.objects.get(what)
    return what if thing is None else getattr(thing, name, thing.pk)


def answers(row: Row, clients: dict[str, Client], world: World) -> str:
    """Return the letters that the site answers now; whatever a request changes is taken back."""
    url = url_of(row, world)
    return "".join(_answer(clients[role], row.method, url) for role in ROLES)


def _answer(client: Client, method: str, url: str) -> str:
    with transaction.atomic():
        response = client.generic(method, url, BODY if method == "POST" else "", FORM)
        if response.streaming:
            list(response)  # a file is closed when it has been read
        transaction.set_rollback(True)
    if response.status_code in (301, 302, 303):
        return "i" if response["Location"].startswith("/accounts/login/") else "r"
    return LETTERS.get(response.status_code, str(response.status_code))


def clients_of(world: World) -> dict[str, Client]:
    """Return a browser for each role, with its person signed in."""
    clients = {role: Client(raise_request_exception=False) for role in ROLES}
    for role, user in world.people.items():
        clients[role].force_login(user)
    return clients


def with_new_addresses(table: Table) -> list[Row]:
    """Return the table's rows, and one row for GET of each address that has none yet."""
    new = sorted(addresses_of_site() - table.addresses())
    return [*table.rows, *(Row(address, "-", "GET", "") for address in new)]


def today(table: Table, clients: dict[str, Client], world: World) -> Iterator[str]:
    """Yield each row with the site's answers of today; a row whose objects do not fit says so."""
    for row in with_new_addresses(table):
        try:
            yield str(replace(row, letters=answers(row, clients, world)))
        except Exception as error:
            yield f"# {row.address}: {error}"
