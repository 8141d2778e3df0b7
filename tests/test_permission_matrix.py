"""The permission matrix: what each role is answered at each address."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponseForbidden, HttpResponseNotFound
from django.test import Client

from lms import urls
from tests.permission_matrix import TABLE, Row, addresses_of_site, answers, clients_of, read_table
from tests.world import ROLES, World

MATRIX = read_table(TABLE.read_text())


@pytest.fixture(scope="module")
def clients(world: World) -> Iterator[dict[str, Client]]:
    # More than half of the answers are refusals: their pages, drawn in full elsewhere, are left out here.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(urls, "handler403", lambda request, exception: HttpResponseForbidden(), raising=False)
        patch.setattr(urls, "handler404", lambda request, exception: HttpResponseNotFound(), raising=False)
        patch.setattr(settings, "ACCOUNT_RATE_LIMITS", False)
        yield clients_of(world)
    cache.clear()


@pytest.fixture
def _nothing_is_remembered() -> None:
    """Let the cache keep sessions from row to row, as it does from page to page: the same people ask again."""


@pytest.mark.parametrize("row", MATRIX.rows, ids=lambda row: f"{row.method} {row.address} {row.objects}")
def test_address_answers_each_role_as_the_table_says(row: Row, clients: dict[str, Client], world: World):
    given = dict(zip(ROLES, answers(row, clients, world), strict=True))

    assert given == dict(zip(ROLES, row.letters, strict=True))


def test_every_address_has_a_row():
    assert sorted(addresses_of_site() - MATRIX.addresses()) == []


def test_every_row_has_an_address():
    assert sorted(MATRIX.addresses() - addresses_of_site()) == []


def test_no_row_stands_twice():
    keys = [(row.address, row.objects, row.method) for row in MATRIX.rows]

    assert sorted(key for key in set(keys) if keys.count(key) > 1) == []


def test_every_address_has_a_row_for_get():
    asked = {row.address for row in MATRIX.rows if row.method == "GET"}

    assert sorted({row.address for row in MATRIX.rows} - asked) == []
