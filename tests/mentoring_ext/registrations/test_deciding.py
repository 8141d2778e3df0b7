"""What the coordinator decides, and the board."""

import pytest

from lms.journal.models import Entry
from mentoring_ext.programmes.models import CohortMembership, Role
from mentoring_ext.registrations import actions, errors
from mentoring_ext.registrations.models import State
from tests.make import (
    AUTUMN,
    make_cohort,
    make_coordinator,
    make_opening,
    make_registration,
    make_user,
)
from tests.mentoring_ext.registrations.registering import address, coordinator_of, open_now
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db


def test_accept_registration_makes_a_mentee_with_an_account():
    opening = make_opening()
    registration = make_registration(opening)

    actions.accept_registration(registration, actor=coordinator_of(opening), at=AUTUMN)

    registration.refresh_from_db()
    assert registration.user
    assert registration.state == State.ACCEPTED
    assert opening.cohort.memberships.get(user=registration.user).role == Role.MENTEE
    assert Entry.objects.filter(verb="accepted").count() == 1


@pytest.mark.parametrize("email", ["ana@example.org", ""])
def test_who_is_accepted_belongs_to_the_organisation_of_the_cohort(email):
    opening = make_opening()
    registration = make_registration(opening, email=email)

    accepted = actions.accept_registration(registration, actor=coordinator_of(opening), at=AUTUMN)

    assert accepted.user and accepted.user.organisation == opening.cohort.organisation


def test_accept_registration_without_address_makes_an_account_and_a_letter():
    opening = make_opening()
    registration = make_registration(opening, email="")
    coordinator = coordinator_of(opening)
    accepted = actions.accept_registration(registration, actor=coordinator, at=AUTUMN)

    code = actions.make_letter_code(accepted, actor=coordinator, at=AUTUMN)

    assert accepted.user and accepted.user.email == ""
    assert len(code) == 9


def test_accept_registration_keeps_to_the_places():
    opening = make_opening(places=1)
    coordinator = coordinator_of(opening)
    actions.accept_registration(make_registration(opening), actor=coordinator, at=AUTUMN)

    with pytest.raises(errors.NoPlaceLeft):
        actions.accept_registration(make_registration(opening), actor=coordinator, at=AUTUMN)


def test_registration_is_decided_once():
    opening = make_opening()
    registration = make_registration(opening)
    actions.accept_registration(registration, actor=coordinator_of(opening), at=AUTUMN)

    with pytest.raises(errors.AlreadyDecided):
        actions.accept_registration(registration, actor=coordinator_of(opening), at=AUTUMN)


def test_mentor_of_the_cohort_cannot_become_its_mentee():
    opening = make_opening()
    coordinator = coordinator_of(opening)
    mentor = make_user()
    CohortMembership.objects.create(cohort=opening.cohort, user=mentor, role=Role.MENTOR, joined_at=AUTUMN)

    with pytest.raises(errors.OtherRoleInCohort):
        actions.accept_registration(make_registration(opening, user=mentor), actor=coordinator, at=AUTUMN)


def test_decline_registration_needs_a_reason_and_tells_it():
    opening = make_opening()
    registration = make_registration(opening)
    with pytest.raises(errors.AnswerMissing):
        actions.decline_registration(registration, actor=coordinator_of(opening), answer=" ", at=AUTUMN)

    declined = actions.decline_registration(
        registration, actor=coordinator_of(opening), answer="The group is for Spanish speakers.", at=AUTUMN
    )

    assert (declined.state, declined.answer) == (State.DECLINED, "The group is for Spanish speakers.")


def test_board_accepts_several_and_says_who_found_no_place(client):
    opening = open_now(places=1)
    first, second = make_registration(opening), make_registration(opening)
    client.force_login(coordinator_of(opening))
    path = address("opening_board", opening.pk)

    page = client.post(path, {"deed": "accept", "chosen": [first.pk, second.pk]}, follow=True)

    assert opening.registrations.filter(state=State.ACCEPTED).count() == 1
    assert "All places are taken" in page.text


def test_board_filters(client):
    opening = open_now()
    make_registration(opening, first_name="Fits")
    make_registration(opening, first_name="Doubtful", unmet=["You need to be 18."])
    client.force_login(coordinator_of(opening))

    page = client.get(address("opening_board", opening.pk), {"fits": "no"})

    assert "Doubtful" in page.text
    assert "Fits" not in page.text


def test_board_reads_the_same_for_one_and_for_three(client):
    opening = open_now()
    client.force_login(coordinator_of(opening))

    assert_same_queries(lambda: client.get(address("opening_board", opening.pk)), lambda: make_registration(opening))


def test_other_coordinators_find_nothing(client):
    registration = make_registration(open_now())
    client.force_login(make_coordinator(make_cohort()))

    assert client.get(registration.get_absolute_url()).status_code == 404
    assert client.post(address("registration_decide", registration.pk), {"deed": "accept"}).status_code == 404
