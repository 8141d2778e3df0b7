"""What the tests of registrations share: who registers, and what stands on the page."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from lms.people.models import User
from mentoring_ext.programmes.models import Role
from mentoring_ext.registrations import actions
from mentoring_ext.registrations.models import Opening, Registration
from tests.make import (
    AUTUMN,
    make_opening,
    make_registration,
)

TODAY = date(2026, 9, 10)
TYPED = {"q-first-name": "Ana", "q-last-name": "Novak", "q-email": "ana@example.org", "q-adult": "yes"}


def columns(**fields: Any) -> actions.Registrant:
    about = {"first_name": "Ana", "last_name": "Novak", "email": "ana@example.org"} | fields
    return actions.Registrant(columns=about, answers={"adult": True})


def send(opening: Opening, **fields: Any) -> Registration:
    return actions.send_registration(opening, registrant=columns(**fields), form_key=uuid4(), at=AUTUMN, today=TODAY)


def coordinator_of(opening: Opening) -> User:
    return User.objects.get(cohort_memberships__cohort=opening.cohort, cohort_memberships__role=Role.COORDINATOR)


def address(name: str, *args: object) -> str:
    return reverse(f"mentoring_registrations:{name}", args=args)


def open_now(**fields: Any) -> Opening:
    today = timezone.localdate()
    return make_opening(opens_on=today - timedelta(days=1), closes_on=today + timedelta(days=9), **fields)


def long_ago() -> Opening:
    return make_opening(opens_on=date(2020, 1, 1), closes_on=date(2020, 1, 9))


def post(client: Any, path: str, **typed: str) -> Any:
    ticket = client.get(path).context["asking"].guard["ticket"].value()
    return client.post(path, TYPED | {"ticket": ticket} | typed, follow=True)


def full_with_two_waiting() -> tuple[Opening, Registration, Registration, Registration]:
    opening = make_opening(places=1)
    coordinator = coordinator_of(opening)
    inside, first, second = (make_registration(opening, since=AUTUMN + timedelta(hours=n)) for n in range(3))
    actions.accept_registration(inside, actor=coordinator, at=AUTUMN)
    for hours, registration in enumerate((first, second)):
        at = AUTUMN + timedelta(hours=hours)
        actions.put_on_waiting_list(registration, actor=coordinator, at=at)
    for registration in (inside, first, second):
        registration.refresh_from_db()
    return opening, inside, first, second
