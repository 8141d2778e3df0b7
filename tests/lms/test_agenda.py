"""The agenda: what is due, in the right order, for the right person."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from wagtail import hooks

from lms.agenda.actions import agenda_for
from lms.plugins import AGENDA_SOURCES, AgendaItem, AgendaSource
from tests.make import make_user

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 12, 17, tzinfo=UTC)


def item(key: str, **fields) -> AgendaItem:
    return AgendaItem(key=key, title=key, url="/", action="Open", **fields)


def test_agenda_puts_what_is_due_first_and_leaves_out_what_is_done():
    items = [
        item("someday"),
        item("important", weight=5),
        item("tomorrow", due=AT + timedelta(days=1)),
        item("late", due=AT - timedelta(days=1)),
        item("finished", done=True),
    ]
    source = AgendaSource("tests", lambda user, at: items)

    with hooks.register_temporarily(AGENDA_SOURCES.name, lambda: source):
        keys = [found.key for found in agenda_for(make_user(), AT)]

    assert [key for key in keys if key in {i.key for i in items}] == ["late", "tomorrow", "important", "someday"]


def test_home_shows_the_next_item_with_its_button(client: Client):
    client.force_login(make_user())
    source = AgendaSource("tests", lambda user, at: [item("Sign your agreement", due=at + timedelta(hours=1))])

    with hooks.register_temporarily(AGENDA_SOURCES.name, lambda: source):
        response = client.get(reverse("lms_agenda:home"))

    assert response.context["next_item"].title == "Sign your agreement"
    assert "Sign your agreement" in response.content.decode()


def test_home_says_what_to_do_when_nothing_is_due(client: Client):
    client.force_login(make_user())

    response = client.get(reverse("lms_agenda:home"))

    assert "Nothing is due" in response.content.decode()


def test_home_asks_a_visitor_to_sign_in(client: Client):
    response = client.get(reverse("lms_agenda:home"))

    assert response.headers["Location"].startswith(reverse("account_login"))
