"""Registering on the public page, by oneself."""

from datetime import date
from uuid import uuid4

import pytest
from django.core import mail

from lms.journal.models import Entry
from lms.questionnaires.models import Response
from mentoring_ext.registrations import actions, errors
from mentoring_ext.registrations.models import EligibilityRule, Registration, State
from mentoring_ext.registrations.tokens import confirm_token, own_token
from tests.make import (
    AUTUMN,
    make_opening,
    make_registration,
)
from tests.mentoring_ext.registrations.registering import (
    TODAY,
    address,
    columns,
    coordinator_of,
    long_ago,
    open_now,
    post,
    send,
)

pytestmark = pytest.mark.django_db


def test_send_registration_asks_to_confirm_the_address(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        registration = send(make_opening())

    assert registration.state == State.UNCONFIRMED
    assert confirm_token(registration).split(":")[0] in str(mail.outbox[0].body)
    assert Entry.objects.filter(verb="applied").count() == 1


def test_same_form_twice_makes_one_registration():
    opening, key = make_opening(), uuid4()

    for _time in range(2):
        actions.send_registration(opening, registrant=columns(), form_key=key, at=AUTUMN, today=TODAY)

    assert Registration.objects.count() == 1


def test_closed_opening_takes_nothing():
    with pytest.raises(errors.OpeningClosed):
        actions.send_registration(make_opening(), registrant=columns(), at=AUTUMN, today=date(2027, 1, 1))


def test_person_without_address_is_received_at_once_and_has_a_code():
    registration = send(make_opening(), email="")

    assert registration.state == State.RECEIVED
    assert len(registration.code) == 11


def test_confirm_registration_tells_the_coordinator():
    opening = make_opening()

    registration = actions.confirm_registration(send(opening), at=AUTUMN)

    assert registration.state == State.RECEIVED
    assert coordinator_of(opening).notices.filter(kind="registration_received").count() == 1


def test_second_registration_with_a_confirmed_address_changes_nothing():
    opening = make_opening()
    first = actions.confirm_registration(send(opening), at=AUTUMN)

    again = actions.confirm_registration(send(opening, first_name="Mallory"), at=AUTUMN)

    assert again == first
    assert Registration.objects.get().first_name == "Ana"
    assert Response.objects.count() == 1


def test_public_registration_shows_what_comes_next(client):
    opening = open_now()

    page = post(client, address("registration_new", opening.pk))

    assert "We have sent a mail to ana@example.org" in page.text
    assert Registration.objects.get().state == State.UNCONFIRMED


def test_wrong_input_stays_on_the_page(client):
    opening = open_now()
    page = post(client, address("registration_new", opening.pk), **{"q-email": "ana@"})

    assert page.status_code == 422
    assert 'value="ana@"' in page.text
    assert Registration.objects.count() == 0


def test_condition_that_is_not_met_is_told_and_a_question_still_goes_through(client):
    opening = open_now()
    EligibilityRule.objects.create(opening=opening, question="adult", answers=["yes"], text="You need to be 18.")
    path = address("registration_new", opening.pk)

    told = post(client, path, **{"q-adult": "no"})
    sent = post(client, path, **{"q-adult": "no", "question": "I am 17 and a half."})

    assert told.status_code == 422
    assert "You need to be 18." in told.text
    assert sent.status_code == 200
    registration = Registration.objects.get()
    assert (registration.unmet, registration.question) == (["You need to be 18."], "I am 17 and a half.")


def test_draft_is_kept_and_gone_on_with(client):
    opening = open_now()
    post(client, address("registration_new", opening.pk), **{"q-adult": "", "later": "1"})
    draft = Registration.objects.get()

    page = client.get(address("registration_edit", own_token(draft)))
    post(client, address("registration_edit", own_token(draft)))

    assert 'value="Ana"' in page.text
    assert Registration.objects.get().state == State.UNCONFIRMED


def test_code_and_name_lead_back(client):
    registration = make_registration(open_now(), last_name="Dar")

    right = client.post(address("registration_return"), {"code": registration.code.lower(), "last_name": "dar"})
    wrong = client.post(address("registration_return"), {"code": registration.code, "last_name": "Other"})

    assert right.status_code == 302
    assert wrong.status_code == 422


def test_confirmation_counts_by_post_only(client):
    registration = make_registration(open_now(), state=State.UNCONFIRMED)
    path = address("registration_confirm", confirm_token(registration))

    client.get(path)
    before = Registration.objects.get().state
    client.post(path)

    assert (before, Registration.objects.get().state) == (State.UNCONFIRMED, State.RECEIVED)


def test_guessed_links_lead_nowhere(client):
    registration = make_registration(open_now())

    for name in ("registration_own", "registration_edit", "registration_confirm", "refer"):
        assert client.get(address(name, f"{registration.pk}:guess")).status_code == 404
    assert client.get(address("registration_confirm", own_token(registration))).status_code == 404


def test_a_draft_of_a_closed_registration_says_that_it_was_not_sent(client):
    draft = make_registration(long_ago(), state=State.STARTED)

    page = client.get(address("registration_own", own_token(draft)))

    assert "What you wrote was not sent" in page.text
    assert "Go on" not in page.text


def test_full_registration_says_that_people_wait(client):
    opening = open_now(places=1)
    make_registration(opening, state=State.OFFERED)

    assert "All places are taken at present." in client.get(opening.get_absolute_url()).text
