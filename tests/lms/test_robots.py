"""The guard beside public forms."""

from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.http import HttpResponse
from django.test import Client

from lms import robots
from lms.robots import MAX_LINKS, RobotGuard, new_ticket

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


class Letter(forms.Form):
    text = forms.CharField()


def letter(text="Hello"):
    form = Letter({"text": text})
    assert form.is_valid()
    return form


def guard(*, seconds=60, **fields):
    return RobotGuard({"website": "", "ticket": new_ticket(NOW - timedelta(seconds=seconds))} | fields, at=NOW)


def test_guard_lets_a_person_in():
    assert guard().lets_in(letter()) is True


@pytest.mark.parametrize(
    ("fields", "text", "code"),
    [
        ({"website": "https://spam.example"}, "Hello", "trapped"),
        ({"ticket": "forged"}, "Hello", "too_quick"),
        ({"ticket": ""}, "Hello", "too_quick"),
        ({"seconds": 1}, "Hello", "too_quick"),
        ({}, "http://a.example " * (MAX_LINKS + 1), "many_links"),
    ],
)
def test_guard_stops_robots_in_words(settings, fields, text, code):
    settings.PUBLIC_FORM_MIN_SECONDS = 2
    form = letter(text)

    let_in = guard(**fields).lets_in(form)

    assert let_in is False
    assert [error.code for error in form.non_field_errors().as_data()] == [code]
    assert form["text"].value() == text


def test_guard_keeps_its_key_as_often_as_the_form_is_sent():
    ticket = new_ticket(NOW)

    assert guard(ticket=ticket).form_key == guard(ticket=ticket).form_key != guard().form_key


def test_guard_replaces_a_forged_ticket_so_that_the_next_try_works():
    drawn = guard(ticket="forged")

    ticket = drawn["ticket"].value()

    assert RobotGuard({"ticket": ticket}, at=NOW + timedelta(minutes=1)).lets_in(letter()) is True


def test_guard_is_drawn_out_of_sight():
    drawn = str(RobotGuard(at=NOW))

    assert 'class="visually-hidden" aria-hidden="true"' in drawn
    assert 'type="hidden" name="ticket"' in drawn


@pytest.mark.django_db
def test_may_try_counts_by_connection_and_key(rf):
    request = rf.post("/", REMOTE_ADDR="192.0.2.7")

    tries = [robots.may_try(request, "mail_link", key=key) for key in "aaaabbbcccddd"]

    assert tries == [True, True, True, False, True, True, True, True, True, True, False, False, False]


@pytest.mark.django_db
def test_slow_down_says_what_to_do(client: Client):
    request = client.get("/").wsgi_request

    answer = robots.slow_down(request)

    assert isinstance(answer, HttpResponse)
    assert (answer.status_code, "Please wait a little" in answer.content.decode()) == (429, True)
