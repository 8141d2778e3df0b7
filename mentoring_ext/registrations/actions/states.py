"""What all deeds share: the locked rows, the state with its history, who is told."""

from datetime import datetime

from django.db import transaction

from lms.people.models import User
from mentoring_ext.programmes.models import CohortMembership, Role
from mentoring_ext.registrations.models import HOLDS_PLACE, Opening, Registration, StateChange
from mentoring_ext.registrations.tasks import mail_person


def locked_opening(opening: Opening) -> Opening:
    """Return the opening held until the end of the transaction: places are given one after the other."""
    return Opening.objects.select_for_update(of=("self",)).select_related("cohort__organisation").get(pk=opening.pk)


def locked(registration: Registration) -> Registration:
    """Return the registration as it stands now, with its opening, both held; always in this order."""
    opening = locked_opening(registration.opening)
    registration = Registration.objects.select_for_update(of=("self",)).select_related("user").get(pk=registration.pk)
    registration.opening = opening
    return registration


def places_left(opening: Opening) -> int:
    """Return how many places are neither taken nor offered."""
    return max(0, opening.places - opening.registrations.filter(state__in=HOLDS_PLACE).count())


def change_state(registration: Registration, state: str, *, actor: User | None, at: datetime) -> None:
    """Save the registration in another state, with a row of its history."""
    registration.state, registration.since = state, at
    registration.save()
    StateChange.objects.create(registration=registration, state=state, at=at, actor=actor)


def coordinators_of(opening: Opening) -> list[User]:
    """Return the coordinators of the cohort."""
    memberships = CohortMembership.objects.present().filter(cohort=opening.cohort_id, role=Role.COORDINATOR)
    return [membership.user for membership in memberships.select_related("user")]


def mail_on_commit(registration: Registration, purpose: str) -> None:
    """Send one of ``letters.PURPOSES`` once the transaction is committed; nothing without an address."""
    pk = registration.pk
    if registration.email:
        transaction.on_commit(lambda: mail_person.enqueue(pk, purpose))
