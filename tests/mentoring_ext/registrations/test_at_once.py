"""The last place, when several deeds ask for it in the same moment: real threads, each in its own transaction."""

from datetime import timedelta

import pytest

from mentoring_ext.programmes.models import CohortMembership, Role
from mentoring_ext.registrations import actions
from mentoring_ext.registrations.models import HOLDS_PLACE, Opening, Registration, State
from tests.at_once import outcomes
from tests.make import AUTUMN, make_opening, make_registration
from tests.mentoring_ext.registrations.registering import coordinator_of

pytestmark = pytest.mark.django_db(transaction=True)


def people(opening: Opening, *states: str) -> list[Registration]:
    """Make a registration in each state, one after the other."""
    until = AUTUMN + timedelta(days=5)
    return [
        make_registration(opening, state=state, since=AUTUMN + timedelta(hours=hours), answer_until=until)
        for hours, state in enumerate(states)
    ]


def states(opening: Opening) -> list[str]:
    return list(opening.registrations.order_by("pk").values_list("state", flat=True))


def test_last_place_is_given_once():
    opening = make_opening(places=1)
    coordinator = coordinator_of(opening)
    first, second, third = people(opening, *[State.RECEIVED] * 3)

    said = sorted(
        outcomes(
            *(
                lambda each=each: actions.accept_registration(each, actor=coordinator, at=AUTUMN)
                for each in (first, second, third)
            )
        )
    )

    assert said == ["done", "no_place_left", "no_place_left"]
    assert CohortMembership.objects.filter(cohort=opening.cohort, role=Role.MENTEE).count() == 1


def test_two_who_step_back_offer_two_places_to_two_people():
    opening = make_opening(places=2)
    first, second, *_waiting = people(opening, *[State.OFFERED] * 2, *[State.WAITING] * 3)

    said = outcomes(
        lambda: actions.withdraw_registration(first, at=AUTUMN),
        lambda: actions.answer_offer(second, takes=False, at=AUTUMN),
    )

    assert said == ["done", "done"]
    assert states(opening) == [*[State.WITHDRAWN] * 2, *[State.OFFERED] * 2, State.WAITING]


def test_one_offer_is_taken_or_ended_but_not_both():
    opening = make_opening(places=1)
    offered, _waits = people(opening, State.OFFERED, State.WAITING)
    later = AUTUMN + timedelta(days=6)

    outcomes(
        lambda: actions.answer_offer(offered, takes=True, at=AUTUMN),
        lambda: actions.end_late_offers(later),
    )

    assert states(opening) in ([State.ACCEPTED, State.WAITING], [State.WITHDRAWN, State.OFFERED])


def test_a_place_that_frees_goes_to_who_waits_or_to_who_is_accepted():
    opening = make_opening(places=1)
    coordinator = coordinator_of(opening)
    inside, _waits, fresh = people(opening, State.OFFERED, State.WAITING, State.RECEIVED)

    outcomes(
        lambda: actions.withdraw_registration(inside, at=AUTUMN),
        lambda: actions.accept_registration(fresh, actor=coordinator, at=AUTUMN),
    )

    assert opening.registrations.filter(state__in=HOLDS_PLACE).count() == 1
    assert opening.registrations.get(state__in=HOLDS_PLACE) != inside
