"""Readings that are written down, retention, erasure."""

from datetime import timedelta

import pytest

from mentoring_ext.registrations import privacy
from mentoring_ext.registrations.models import State
from tests.make import (
    AUTUMN,
    make_opening,
    make_registration,
    make_user,
)
from tests.mentoring_ext.registrations.registering import coordinator_of, open_now

pytestmark = pytest.mark.django_db


def test_reading_a_registration_is_written_down(client):
    person = make_user()
    registration = make_registration(open_now(), user=person)
    client.force_login(coordinator_of(registration.opening))

    client.get(registration.get_absolute_url())

    assert person.readings_about.count() == 1


def test_closed_registrations_are_emptied_and_begun_ones_deleted():
    opening = make_opening()
    declined = make_registration(opening, state=State.DECLINED)
    make_registration(opening, state=State.STARTED)

    emptied, deleted = (
        privacy.empty_closed(AUTUMN + timedelta(days=1)),
        privacy.delete_begun(AUTUMN + timedelta(days=1)),
    )

    declined.refresh_from_db()
    assert (emptied, deleted, declined.first_name, declined.email) == (1, 1, "", "")


def test_erase_empties_a_persons_registration():
    person = make_user()
    registration = make_registration(make_opening(), user=person)

    privacy.erase(person)

    registration.refresh_from_db()
    assert (registration.user, str(registration)) == (None, "")
