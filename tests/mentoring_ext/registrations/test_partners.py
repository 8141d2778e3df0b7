"""Partners who refer people."""

import pytest
from django.core import mail

from mentoring_ext.registrations import actions, errors
from mentoring_ext.registrations.models import Registration, State
from mentoring_ext.registrations.tokens import partner_token
from tests.make import (
    AUTUMN,
    make_opening,
    make_registration,
)
from tests.mentoring_ext.registrations.registering import TODAY, address, columns, coordinator_of, long_ago, open_now

pytestmark = pytest.mark.django_db


def test_partner_refers_somebody_who_is_asked_first(django_capture_on_commit_callbacks):
    opening = make_opening()
    with django_capture_on_commit_callbacks(execute=True):
        partner = actions.add_partner(
            opening, actor=coordinator_of(opening), name="Town", contact="Eva", email="eva@example.org", at=AUTUMN
        )
        referred = actions.refer_person(
            opening,
            first_name="Ivo",
            last_name="Dar",
            email="ivo@example.org",
            note="",
            partner=partner,
            at=AUTUMN,
            today=TODAY,
        )

    assert [letter.to for letter in mail.outbox] == [["eva@example.org"], ["ivo@example.org"]]
    assert partner_token(partner).split(":")[0] in str(mail.outbox[0].body)
    assert referred.state == State.REFERRED
    assert not Registration.objects.visible_to(coordinator_of(opening)).exists()


def test_who_was_referred_by_mail_need_not_confirm_the_address():
    opening = make_opening()
    referred = make_registration(opening, state=State.REFERRED, email="ivo@example.org")

    sent = actions.send_registration(
        opening, registrant=columns(email="ivo@example.org"), registration=referred, at=AUTUMN, today=TODAY
    )

    assert sent.state == State.RECEIVED


def test_second_partner_with_one_address_is_refused():
    opening = make_opening()
    about = {"name": "Town", "contact": "Eva", "email": "eva@example.org", "at": AUTUMN}
    actions.add_partner(opening, actor=coordinator_of(opening), **about)

    with pytest.raises(errors.AddressTaken):
        actions.add_partner(opening, actor=coordinator_of(opening), **about)


def test_partner_page_prints_a_letter_for_people_without_mail(client):
    opening = open_now()
    partner = opening.partners.create(name="Town", contact="Eva", email="eva@example.org")

    page = client.post(
        address("refer", partner_token(partner)), {"first_name": "Ivo", "last_name": "Dar", "knows": "on"}
    )

    assert Registration.objects.get().code in page.text


def test_ended_partner_link_is_broken(client):
    opening = open_now()
    partner = opening.partners.create(name="Town", contact="Eva", email="eva@example.org", ended_at=AUTUMN)

    assert client.get(address("refer", partner_token(partner))).status_code == 404


def test_partner_page_says_when_the_time_is_over(client):
    partner = long_ago().partners.create(name="Town", contact="E", email="e@example.org")
    path = address("refer", partner_token(partner))

    late = client.post(path, {"first_name": "Ivo", "last_name": "Dar", "knows": "on"})

    assert "This registration is not open now." in client.get(path).text
    assert (late.status_code, late.context["form"]["first_name"].value()) == (422, "Ivo")
