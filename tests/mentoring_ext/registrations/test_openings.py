"""Opening a registration, its places and its conditions."""

import pytest

from mentoring_ext.registrations import actions, errors
from mentoring_ext.registrations.models import Opening
from tests.make import (
    AUTUMN,
    make_cohort,
    make_coordinator,
    make_opening,
    make_registration,
)
from tests.mentoring_ext.registrations.registering import TODAY, address, coordinator_of, open_now
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db


def test_fewer_places_than_people_are_refused():
    opening = make_opening(places=2)
    actions.accept_registration(make_registration(opening), actor=coordinator_of(opening), at=AUTUMN)

    with pytest.raises(errors.FewerPlacesThanPeople):
        actions.change_opening(opening, actor=coordinator_of(opening), at=AUTUMN, places=0)


def test_open_registration_is_for_ones_own_cohort_and_once():
    opening = make_opening()
    about = {"version": opening.version, "opens_on": TODAY, "closes_on": TODAY, "places": 3, "at": AUTUMN}

    with pytest.raises(errors.NotYourCohort):
        actions.open_registration(make_cohort(), actor=coordinator_of(opening), **about)
    with pytest.raises(errors.OpeningThere):
        actions.open_registration(opening.cohort, actor=coordinator_of(opening), **about)


def test_own_openings_read_the_same_for_one_and_for_three(client):
    coordinator = make_coordinator(make_cohort())
    client.force_login(coordinator)

    def make_one() -> None:
        cohort = make_cohort()
        make_coordinator(cohort, user=coordinator)
        make_opening(cohort=cohort)

    assert_same_queries(lambda: client.get(address("own_opening_list")), make_one)


def test_coordinator_opens_a_registration_with_the_form_that_ships(client):
    cohort = make_cohort()
    client.force_login(make_coordinator(cohort))
    typed = {"cohort": cohort.pk, "title": "Autumn", "text": "Learn.", "places": 5, "reply_days": 4, "is_public": "on"}

    wrong = client.post(address("opening_new"), typed | {"opens_on": "2026-09-30", "closes_on": "2026-09-01"})
    client.post(address("opening_new"), typed | {"opens_on": "2026-09-01", "closes_on": "2026-09-30"})

    assert wrong.status_code == 422
    assert Opening.objects.get().version.questionnaire.slug == "registration"


def test_conditions_need_words(client):
    opening = open_now()
    client.force_login(coordinator_of(opening))
    path = address("rule_list", opening.pk)

    wrong = client.post(path, {"answers-adult": ["yes"], "text-adult": ""})
    client.post(path, {"answers-adult": ["yes"], "text-adult": "You need to be 18."})

    assert wrong.status_code == 422
    assert opening.rules.get().answers == ["yes"]


def test_opening_for_partners_only_is_not_public(client):
    opening = open_now(is_public=False)

    assert client.get(address("opening_detail", opening.pk)).status_code == 404
    assert client.get(address("registration_new", opening.pk)).status_code == 404


def test_the_front_page_shows_what_is_open(client):
    opening = open_now()

    assert opening.title in client.get("/").content.decode()
