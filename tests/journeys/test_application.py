"""From the public page to the mentors' database: a composed form, kept, gone on with, mended, confirmed, accepted."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from mentoring_ext.applications.actions import shipped_version
from mentoring_ext.profiles.models import MentorProfile
from tests import make
from tests.journeys.applicant import applicant_answers, paper, portrait
from tests.journeys.outbox import Outbox
from tests.journeys.person import Person

pytestmark = pytest.mark.journey
EMAIL = "lena@example.org"


def test_an_application_from_the_public_page_to_the_mentors_database(person: Callable[[str], Person], outbox: Outbox):
    cohort = make.make_cohort()
    coordinator = make.make_coordinator(cohort, username="kalina")
    call = make.make_call(
        cohort=cohort, title="Mentors for Kalina", version=shipped_version("external", at=make.JANUARY)
    )

    begin_and_keep(person("library"), call.get_absolute_url())
    mend_and_send(person("home"), outbox)
    accept(person(coordinator.username), coordinator.username, call.pk)

    profile = MentorProfile.objects.get(user__email=EMAIL)
    assert (profile.headline, profile.languages) == ("Trainer for digital archives", ["en", "pt"])
    assert profile.picture is not None


def begin_and_keep(visitor: Person, address: str) -> None:
    """Write a part at one computer; a question comes up with its condition, and the page saves by itself."""
    visitor.visit(address)
    visitor.press("Apply as a mentor")
    page = visitor.page
    expect(page.locator("[name='q-cultural-years']")).to_be_hidden()
    visitor.fill_in(**{"q-first-name": "Lena", "q-email": EMAIL, "q-cultural-sector": "yes"})
    visitor.fill_in(**{"q-cultural-years": "7"})
    page.locator("[name='q-picture']").set_input_files([portrait()])
    page.locator("[name='q-cv']").set_input_files([paper()])
    expect(page.locator("[data-said]")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"), timeout=30_000)
    visitor.press("Save and go on later")
    expect(page.get_by_text(EMAIL)).to_be_visible()


def mend_and_send(visitor: Person, outbox: Outbox) -> None:
    """Go on at another computer by the link in the mail; one answer is forgotten first."""
    visitor.visit(outbox.link_to(EMAIL, "/applications/draft/"))
    page = visitor.page
    expect(page.locator("[name='q-cultural-years']")).to_have_value("7")
    expect(page.get_by_text("We keep your file")).to_have_count(2)
    answers = applicant_answers("Lena", EMAIL) | {"q-cultural-sector": "yes", "q-headline": ""}
    visitor.fill_in(**answers)
    page.locator("[name='q-kept_with_consent']").check()
    visitor.press("Send my application")
    expect(page.locator("[name='q-headline'][aria-invalid=true]")).to_be_visible()
    expect(page.locator("[name='q-experience']")).to_have_value("Ten years in a library.")
    visitor.fill_in(**{"q-headline": "Trainer for digital archives"})
    visitor.press("Send my application")
    visitor.visit(outbox.link_to(EMAIL, "/applications/confirm/"))
    visitor.press("Confirm my application")
    expect(page.get_by_role("heading", name="Now: Received")).to_be_visible()
    expect(page.get_by_role("img", name="A picture of you")).to_be_visible()


def accept(coordinator: Person, username: str, call: int) -> None:
    coordinator.sign_in(username)
    coordinator.visit(f"/applications/board/{call}/")
    coordinator.press("Lena Example")
    coordinator.press("Accept")
    coordinator.press("Accept as a mentor")
