"""The last place of a workshop, when several people book in the same moment: real threads, each in its transaction."""

import pytest

from mentoring_ext.workshops import actions
from mentoring_ext.workshops.models import Booking
from tests.at_once import at_once
from tests.mentoring_ext.workshops.planning import BEFORE, mentor, planned

pytestmark = pytest.mark.django_db(transaction=True)
BOOKED, WAITING, GIVEN_BACK = Booking.State.BOOKED, Booking.State.WAITING, Booking.State.GIVEN_BACK


def test_last_place_is_booked_once():
    workshop, _planner = planned(places=1)
    people = [mentor() for _person in range(4)]

    at_once(*(lambda person=person: actions.book_place(workshop, actor=person, at=BEFORE) for person in people))

    assert sorted(workshop.bookings.values_list("state", flat=True)) == [BOOKED, WAITING, WAITING, WAITING]


def test_one_person_who_presses_twice_has_one_booking():
    workshop, _planner = planned(places=2)
    person = mentor()

    at_once(*[lambda: actions.book_place(workshop, actor=person, at=BEFORE)] * 3)

    assert [booking.state for booking in Booking.objects.all()] == [BOOKED]


def test_two_who_give_back_let_two_in_while_another_books():
    workshop, _planner = planned(places=2)
    people = [mentor() for _person in range(4)]
    for person in people:
        actions.book_place(workshop, actor=person, at=BEFORE)
    late = mentor()

    at_once(
        *(lambda person=person: actions.give_place_back(workshop, actor=person, at=BEFORE) for person in people[:2]),
        lambda: actions.book_place(workshop, actor=late, at=BEFORE),
    )

    found = {booking.user: booking.state for booking in workshop.bookings.select_related("user")}
    assert [found[person] for person in people] == [GIVEN_BACK, GIVEN_BACK, BOOKED, BOOKED]
    assert found[late] == WAITING
