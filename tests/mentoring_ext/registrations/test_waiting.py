"""The waiting list: who moves up, who answers, who steps back."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from mentoring_ext.programmes.errors import StillInGroup
from mentoring_ext.programmes.models import CohortMembership, Role
from mentoring_ext.registrations import actions, errors
from mentoring_ext.registrations.models import State
from mentoring_ext.registrations.tokens import own_token
from tests.make import (
    AUTUMN,
    make_group,
    make_registration,
)
from tests.mentoring_ext.registrations.registering import address, coordinator_of, full_with_two_waiting, open_now

pytestmark = pytest.mark.django_db


def test_waiting_list_shows_the_place():
    _opening, inside, first, second = full_with_two_waiting()

    assert [actions.waiting_place(one) for one in (inside, first, second)] == [None, 1, 2]


def test_who_withdraws_makes_room_for_who_waits_longest(django_capture_on_commit_callbacks):
    opening, inside, first, second = full_with_two_waiting()

    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_registration(inside, at=AUTUMN)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.OFFERED, State.WAITING)
    assert first.answer_until == AUTUMN + timedelta(days=opening.reply_days)
    assert first.email in [mail_.to[0] for mail_ in mail.outbox]


def test_a_member_who_withdraws_leaves_the_cohort():
    opening, inside, _first, _second = full_with_two_waiting()

    actions.withdraw_registration(inside, at=AUTUMN)

    member = opening.cohort.memberships.get(user=inside.user, role=Role.MENTEE)
    assert member.state == CohortMembership.State.LEFT


def test_who_is_in_a_group_does_not_withdraw_alone():
    opening, inside, _first, _second = full_with_two_waiting()
    make_group(opening.cohort, mentees=1).members.create(user_id=inside.user_id or 0, joined_at=AUTUMN)

    with pytest.raises(StillInGroup):
        actions.withdraw_registration(inside, at=AUTUMN)

    inside.refresh_from_db()
    assert inside.state == State.ACCEPTED


def test_answer_offer_takes_the_place():
    opening, inside, first, _second = full_with_two_waiting()
    actions.withdraw_registration(inside, at=AUTUMN)

    actions.answer_offer(first, takes=True, at=AUTUMN)

    assert opening.registrations.get(state=State.ACCEPTED).pk == first.pk


def test_answer_offer_leaves_the_place_to_the_next():
    _opening, inside, first, second = full_with_two_waiting()
    actions.withdraw_registration(inside, at=AUTUMN)

    actions.answer_offer(first, takes=False, at=AUTUMN)

    second.refresh_from_db()
    assert second.state == State.OFFERED


def test_answer_offer_comes_too_late():
    _opening, inside, first, _second = full_with_two_waiting()
    actions.withdraw_registration(inside, at=AUTUMN)

    with pytest.raises(errors.OfferOver):
        actions.answer_offer(first, takes=True, at=AUTUMN + timedelta(days=30))


def test_offers_that_nobody_answered_go_on_at_night():
    _opening, inside, first, second = full_with_two_waiting()
    actions.withdraw_registration(inside, at=AUTUMN)

    ended = actions.end_late_offers(AUTUMN + timedelta(days=6))

    first.refresh_from_db()
    second.refresh_from_db()
    assert (ended, first.state, second.state) == (1, State.WITHDRAWN, State.OFFERED)


def test_more_places_move_people_up():
    opening, _inside, first, _second = full_with_two_waiting()

    actions.change_opening(opening, actor=coordinator_of(opening), at=AUTUMN, places=2)

    first.refresh_from_db()
    assert first.state == State.OFFERED


def test_offer_is_answered_on_the_persons_own_page(client):
    opening = open_now()
    registration = make_registration(opening, state=State.OFFERED, answer_until=timezone.now() + timedelta(days=1))

    page = client.post(address("registration_answer", own_token(registration)), {"takes": "yes"}, follow=True)

    assert "You have a place" in page.text
    assert CohortMembership.objects.filter(cohort=opening.cohort, role=Role.MENTEE).count() == 1
