"""Who came: certificates and preparation."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lms.recognition.models import Certificate
from mentoring_ext.programmes.models import Preparation
from mentoring_ext.workshops import actions, errors
from mentoring_ext.workshops.models import Booking, Workshop
from tests import make
from tests.mentoring_ext.workshops.planning import BEFORE, START, mentor, planned, sign_in

pytestmark = pytest.mark.django_db


def test_note_attendance_gives_certificates_and_prepares():
    workshop, planner = planned()
    came, missed = mentor(), mentor()
    bookings = [actions.book_place(workshop, actor=person, at=BEFORE) for person in (came, missed)]

    actions.note_attendance(workshop, actor=planner, present={bookings[0].pk}, at=START)

    certificate = Certificate.objects.get()
    assert (certificate.user, certificate.kind, certificate.title) == (came, "attendance", workshop.title)
    assert certificate.note == "4 May 2100, 3 hours, Library"
    assert [preparation.user for preparation in Preparation.objects.all()] == [came]
    assert list(workshop.bookings.order_by("pk").values_list("attended", flat=True)) == [True, False]


def test_note_attendance_again_mends_a_mistake():
    workshop, planner = planned()
    person = mentor()
    booking = actions.book_place(workshop, actor=person, at=BEFORE)
    actions.note_attendance(workshop, actor=planner, present={booking.pk}, at=START)
    actions.note_attendance(workshop, actor=planner, present={booking.pk}, at=START)

    actions.note_attendance(workshop, actor=planner, present=set(), at=START)

    assert not Certificate.objects.exists()
    assert not Preparation.objects.exists()


def test_note_attendance_waits_for_the_start():
    workshop, planner = planned()

    with pytest.raises(errors.NotYet):
        actions.note_attendance(workshop, actor=planner, present=set(), at=BEFORE)


def test_attendance_on_the_page_takes_only_own_bookings():
    workshop, planner = planned(starts_at=BEFORE, ends_at=BEFORE + timedelta(hours=2), book_until=BEFORE)
    Workshop.objects.update(starts_at=make.JANUARY, ends_at=make.JANUARY + timedelta(hours=2), book_until=make.JANUARY)
    other, _other_planner = planned()
    own = Booking.objects.create(workshop=workshop, user=mentor(), state="booked", booked_at=make.JANUARY)
    foreign = Booking.objects.create(workshop=other, user=mentor(), state="booked", booked_at=make.JANUARY)

    client, page = sign_in(planner), reverse("mentoring_workshops:workshop_attendance", args=[workshop.pk])

    wrong = client.post(page, {"present": [own.pk, foreign.pk]})
    client.post(page, {"present": [own.pk]})

    own.refresh_from_db()
    foreign.refresh_from_db()
    assert (wrong.status_code, own.attended, foreign.attended) == (422, True, None)
