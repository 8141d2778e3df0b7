"""Places in a workshop, its waiting list and its calendar file."""

from datetime import datetime

import pytest
from django.urls import reverse
from icalendar import Calendar

from lms.agenda.actions import agenda_for
from lms.notices.models import Notice
from lms.people.models import User
from mentoring_ext.workshops import actions, errors
from mentoring_ext.workshops.models import Booking
from tests import make
from tests.mentoring_ext.workshops.planning import BEFORE, START, mentor, planned, sign_in, states, values_of

pytestmark = pytest.mark.django_db


def test_places_go_to_the_first_and_the_rest_wait():
    workshop, _planner = planned(places=1)
    first, second = mentor(), mentor()

    for person in (first, second, first):
        actions.book_place(workshop, actor=person, at=BEFORE)

    assert states(workshop) == {first: Booking.State.BOOKED, second: Booking.State.WAITING}


def test_a_place_given_back_goes_to_who_waits_longest():
    workshop, _planner = planned(places=1)
    first, second, third = mentor(), mentor(), mentor()
    for person in (first, second, third):
        actions.book_place(workshop, actor=person, at=BEFORE)

    actions.give_place_back(workshop, actor=first, at=BEFORE)

    assert states(workshop)[second] == Booking.State.BOOKED
    assert states(workshop)[third] == Booking.State.WAITING
    assert [notice.recipient for notice in Notice.objects.filter(text__startswith="You have a place")] == [second]


def test_more_places_let_those_in_who_wait():
    workshop, planner = planned(places=1)
    people = [mentor() for _place in range(3)]
    for person in people:
        actions.book_place(workshop, actor=person, at=BEFORE)

    actions.plan_workshop(
        workshop, actor=planner, organisation=workshop.organisation, values=values_of(places=3), at=BEFORE
    )

    assert set(states(workshop).values()) == {Booking.State.BOOKED}


def test_fewer_places_than_people_are_refused():
    workshop, planner = planned(places=2)
    for _place in range(2):
        actions.book_place(workshop, actor=mentor(), at=BEFORE)

    with pytest.raises(errors.TooManyBooked):
        actions.plan_workshop(
            workshop, actor=planner, organisation=workshop.organisation, values=values_of(places=1), at=BEFORE
        )


def test_nobody_books_late_or_a_draft():
    workshop, planner = planned()
    draft = actions.plan_workshop(
        None, actor=planner, organisation=workshop.organisation, values=values_of(), at=BEFORE
    )

    with pytest.raises(errors.BookingClosed):
        actions.book_place(workshop, actor=mentor(), at=START)
    with pytest.raises(errors.BookingClosed):
        actions.book_place(draft, actor=mentor(), at=BEFORE)


def test_give_place_back_needs_a_place_and_time():
    workshop, _planner = planned()
    person = mentor()

    with pytest.raises(errors.NotBooked):
        actions.give_place_back(workshop, actor=person, at=BEFORE)
    actions.book_place(workshop, actor=person, at=BEFORE)
    with pytest.raises(errors.BookingClosed):
        actions.give_place_back(workshop, actor=person, at=START)


def test_booking_on_the_page_and_the_calendar_file():
    workshop, _planner = planned(link="https://meet.example/room")
    client, stranger = sign_in(mentor()), sign_in(mentor())
    calendar = reverse("mentoring_workshops:workshop_calendar", args=[workshop.pk])

    client.post(reverse("mentoring_workshops:workshop_book", args=[workshop.pk]))

    event = Calendar.from_ical(client.get(calendar).content).walk("VEVENT")[0]
    assert (event["summary"], event["dtstart"].dt, event["url"]) == (workshop.title, START, "https://meet.example/room")
    assert b"meet.example" not in stranger.get(calendar).content
    assert "meet.example" in client.get(workshop.get_absolute_url()).content.decode()
    assert "meet.example" not in stranger.get(workshop.get_absolute_url()).content.decode()
    client.post(reverse("mentoring_workshops:workshop_give_back", args=[workshop.pk]))
    assert Booking.objects.get().state == Booking.State.GIVEN_BACK


def test_the_agenda_names_the_workshop_and_who_notes_it():
    holder = make.make_trainer()
    workshop, _planner = planned(held_by=holder)
    person = mentor()
    actions.book_place(workshop, actor=person, at=BEFORE)

    def keys(user: User, at: datetime) -> list[str]:
        return [item.key for item in agenda_for(user, at) if item.key.startswith("workshop")]

    assert keys(person, BEFORE) == [f"workshop:go:{workshop.pk}"]
    assert keys(holder, START) == [f"workshop:note:{workshop.pk}"]
    assert keys(holder, BEFORE) == []


def test_who_holds_a_workshop_takes_no_place():
    holder = make.make_trainer()
    workshop, _planner = planned(held_by=holder)

    with pytest.raises(errors.HoldsIt):
        actions.book_place(workshop, actor=holder, at=BEFORE)
    assert "Book a place" not in sign_in(holder).get(workshop.get_absolute_url()).text
