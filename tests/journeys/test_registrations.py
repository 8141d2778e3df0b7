"""From the public page into the cohort: conditions, a mistake mended, the waiting list, an offer, a place."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mentoring_ext.programmes.models import CohortMembership, Role
from mentoring_ext.registrations.models import EligibilityRule, Opening, State
from tests import make
from tests.journeys.outbox import Outbox
from tests.journeys.person import Person

pytestmark = pytest.mark.journey
ANA, BEN = "ana.novak@example.org", "ben.dar@example.org"


@pytest.fixture
def opening(site: str) -> Opening:
    """A registration that is open now, for one person of 18 or more."""
    today = timezone.localdate()
    opening = make.make_opening(places=1, opens_on=today, closes_on=today + timedelta(days=9), title="Learn in Elaia")
    EligibilityRule.objects.create(opening=opening, question="adult", answers=["yes"], text="You need to be 18.")
    return opening


def test_a_registration_from_the_public_page_over_the_waiting_list_into_the_cohort(
    opening: Opening, person: Callable[[str], Person], outbox: Outbox
):
    coordinator = CohortMembership.objects.get(cohort=opening.cohort, role=Role.COORDINATOR).user
    first, second, decides = person("ana"), person("ben"), person("coordinator")

    mend_and_register(first, opening, outbox)
    register(second, opening, "Ben", "Dar", BEN)
    confirm(second, outbox, BEN)
    decides.sign_in(coordinator.username)
    give_the_last_place(decides, opening)
    step_back(first, outbox)
    take_the_place(second, outbox)

    states = dict(opening.registrations.values_list("email", "state"))
    assert states == {ANA: State.WITHDRAWN, BEN: State.ACCEPTED}
    members = CohortMembership.objects.present().filter(cohort=opening.cohort, role=Role.MENTEE)
    assert [member.user.email for member in members] == [BEN]


def register(visitor: Person, opening: Opening, first: str, last: str, email: str, adult: str = "yes") -> None:
    visitor.visit(opening.get_absolute_url())
    visitor.press("Register")
    visitor.fill_in(**{"q-first-name": first, "q-last-name": last, "q-email": email, "q-adult": adult})
    visitor.press("Send my registration")


def mend_and_register(visitor: Person, opening: Opening, outbox: Outbox) -> None:
    """Type half an address, then hear of the condition, mend both in place, and confirm."""
    page = visitor.page
    register(visitor, opening, "Ana", "Novak", "ana.novak@", adult="no")
    expect(page.locator("[name='q-email'][aria-invalid=true]")).to_have_value("ana.novak@")
    visitor.fill_in(**{"q-email": ANA})
    visitor.press("Send my registration")
    expect(page.get_by_role("alert")).to_contain_text("You need to be 18.")
    expect(page.locator("[name='q-first-name']")).to_have_value("Ana")
    visitor.fill_in(**{"q-adult": "yes"})
    visitor.press("Send my registration")
    expect(page.get_by_text(f"We have sent a mail to {ANA}")).to_be_visible()
    confirm(visitor, outbox, ANA)


def confirm(visitor: Person, outbox: Outbox, email: str) -> None:
    visitor.visit(outbox.link_to(email, "/registrations/confirm/"))
    visitor.press("Confirm my registration")
    expect(visitor.page.get_by_role("heading", name="We have your registration")).to_be_visible()


def give_the_last_place(coordinator: Person, opening: Opening) -> None:
    """Accept who came first by the board, and let the other wait from the person's page."""
    page = coordinator.page
    coordinator.visit(f"/registrations/openings/{opening.pk}/")
    page.get_by_label("Choose Ana Novak").check()
    coordinator.press("Give the ticked people a place")
    expect(page.get_by_text("0 of 1 places are free.")).to_be_visible()
    coordinator.press("Ben Dar")
    expect(page.get_by_role("button", name="Give a place")).to_have_count(0)
    coordinator.press("Put on the waiting list")
    expect(page.get_by_text("Number 1 on the waiting list")).to_be_visible()


def step_back(visitor: Person, outbox: Outbox) -> None:
    visitor.visit(outbox.link_to(ANA, "/registrations/mine/"))
    expect(visitor.page.get_by_role("heading", name="You have a place")).to_be_visible()
    visitor.page.get_by_text("I want to take my registration back").press("Enter")
    visitor.press("Take my registration back")
    expect(visitor.page.get_by_role("heading", name="This registration is closed")).to_be_visible()


def take_the_place(visitor: Person, outbox: Outbox) -> None:
    """Open the page of the newest mail, say yes, and choose a password."""
    visitor.visit(outbox.link_to(BEN, "/registrations/mine/"))
    visitor.page.get_by_role("button", name="Yes, I take the place").focus()
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    visitor.check_page()
    expect(visitor.page.get_by_role("heading", name="You have a place")).to_be_visible()
    visitor.press("Choose my password")
    expect(visitor.page.get_by_label("Password", exact=False).first).to_be_visible()
