"""Writing down who opened whose records."""

from datetime import timedelta

import pytest
from django.utils.translation import gettext_lazy

from lms.privacy.actions import claim_readings, record_reading, record_readings
from lms.privacy.models import Reading
from tests.make import make_notice, make_user
from tests.make.times import AUTUMN

pytestmark = pytest.mark.django_db


@pytest.fixture
def thing():
    return make_notice(make_user())


def test_reading_names_reader_person_record_and_time(thing):
    reader, about = make_user(), make_user()

    reading = record_reading(thing, reader=reader, about=about, what=gettext_lazy("Your sheet"), at=AUTUMN)

    assert (reading.reader, reading.about, reading.thing, reading.what) == (reader, about, thing, "Your sheet")
    assert list(Reading.objects.visible_to(about)) == [reading]
    assert list(Reading.objects.visible_to(reader)) == []


def test_same_record_within_the_hour_is_one_line(thing):
    reader, about = make_user(), make_user()
    for minutes in (0, 20, 75):
        at = AUTUMN + timedelta(minutes=minutes)
        record_reading(thing, reader=reader, about=about, what="Sheet", at=at)

    reading = Reading.objects.get()

    assert (reading.first_at, reading.last_at, reading.times) == (AUTUMN, AUTUMN + timedelta(minutes=75), 3)


def test_folding_into_a_line_costs_one_query(thing, django_assert_num_queries):
    reader, about = make_user(), make_user()
    record_reading(thing, reader=reader, about=about, what="Sheet", at=AUTUMN)

    with django_assert_num_queries(1):
        folded = record_reading(thing, reader=reader, about=about, what="Sheet", at=AUTUMN - timedelta(minutes=1))

    assert (folded, Reading.objects.get().last_at) == (None, AUTUMN)


def test_same_record_later_is_another_line(thing):
    reader, about = make_user(), make_user()
    for hours in (0, 2):
        record_reading(thing, reader=reader, about=about, what="Sheet", at=AUTUMN + timedelta(hours=hours))

    assert Reading.objects.count() == 2


def test_own_record_is_not_written_down(thing):
    user = make_user()

    assert record_reading(thing, reader=user, about=user, what="Sheet", at=AUTUMN) is None
    assert not Reading.objects.exists()


def test_record_about_several_people_has_a_line_for_each_other(thing):
    reader, first, second = make_user(), make_user(), make_user()

    record_readings(thing, reader=reader, people=[first, second, reader], what="Form", at=AUTUMN)

    assert set(Reading.objects.values_list("about", flat=True)) == {first.pk, second.pk}


def test_readings_find_the_person_once_there_is_an_account(thing):
    record_reading(thing, reader=make_user(), about=None, what="Application", at=AUTUMN)
    user = make_user()

    assert claim_readings(thing, user) == 1
    assert Reading.objects.visible_to(user).count() == 1
