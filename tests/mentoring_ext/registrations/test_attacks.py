"""Attempts to get at somebody else's registration or account by a registration."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lms.people.actions import invite_person
from mentoring_ext.registrations import actions, errors
from mentoring_ext.registrations.models import Opening, Registration, State
from mentoring_ext.registrations.tokens import own_token
from tests import make
from tests.links import invitations_in
from tests.make import AUTUMN
from tests.mentoring_ext.registrations.registering import TODAY, columns, coordinator_of

pytestmark = pytest.mark.django_db
VICTIM = "victim@example.org"


@pytest.fixture
def opening() -> Opening:
    return make.make_opening()


@pytest.fixture
def referred(opening: Opening) -> Registration:
    return make.make_registration(opening, email="", state=State.REFERRED)


def kept_then_sent(registration: Registration, email: str) -> Registration:
    given = {"registrant": columns(email=email), "registration": registration, "at": AUTUMN, "today": TODAY}
    actions.keep_draft(registration.opening, **given)
    return actions.send_registration(registration.opening, **given)


def test_address_put_into_the_draft_of_a_referral_is_confirmed_like_any_other(referred: Registration):
    assert kept_then_sent(referred, VICTIM).state == State.UNCONFIRMED


def test_referral_does_not_lead_to_the_page_of_who_has_the_address(opening: Opening, referred: Registration):
    victims = make.make_registration(opening, email=VICTIM)

    assert kept_then_sent(referred, VICTIM) != victims


def test_referral_whose_address_stays_needs_no_confirmation(opening: Opening):
    referred = make.make_registration(opening, email="me@example.org", state=State.REFERRED)

    assert kept_then_sent(referred, "ME@example.org").state == State.RECEIVED


def test_page_of_a_registration_opens_no_account_that_holds_more(
    client: Client, opening: Opening, django_capture_on_commit_callbacks
):
    invited = {"actor": None, "reason": "…", "at": timezone.now()}
    victim = invite_person(first_name="Vera", last_name="Victim", email=VICTIM, **invited)
    cohort = make.make_cohort()
    cohort.memberships.create(user=victim, role="coordinator", joined_at=AUTUMN)
    registration = make.make_registration(opening, email=VICTIM)

    with django_capture_on_commit_callbacks(execute=True):
        actions.accept_registration(registration, actor=coordinator_of(opening), at=timezone.now())
    page = client.get(reverse("mentoring_registrations:registration_own", args=[own_token(registration)]))

    letters = [str(letter.body) for letter in mail.outbox if letter.to == [VICTIM]]
    assert victim.invitation in invitations_in("\n".join(letters))
    assert invitations_in(page.content.decode()) == []


def test_page_of_a_registration_opens_the_account_that_it_made(client: Client, opening: Opening):
    registration = make.make_registration(opening)

    registration = actions.accept_registration(registration, actor=coordinator_of(opening), at=timezone.now())
    page = client.get(reverse("mentoring_registrations:registration_own", args=[own_token(registration)]))

    assert registration.user
    assert invitations_in(page.content.decode()) == [registration.user.invitation]


def test_letter_gives_no_key_to_an_account_that_was_there_before(opening: Opening):
    person = make.make_member(make.make_cohort(), "mentor", email="")
    registration = make.make_registration(opening, email="", user=person, state=State.ACCEPTED)

    with pytest.raises(errors.AlreadyDecided):
        actions.make_letter_code(registration, actor=coordinator_of(opening), at=AUTUMN)
