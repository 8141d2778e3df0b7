"""A coordinator reviews applications: by mouse, by keyboard, with an interview, one yes and three times no."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from mentoring_ext.applications.models import Application, Letter, Stage
from tests import make
from tests.journeys.outbox import Outbox
from tests.journeys.person import Person

pytestmark = pytest.mark.journey


def test_a_coordinator_reviews_applications(person: Callable[[str], Person], outbox: Outbox):
    call = make.make_call(title="Mentors for the spring")
    katerina = make.make_coordinator(call.cohort, username="katerina-reviews")
    names = ("Ilse", "Marco", "Sanna", "Pedro", "Jana")
    people = {name: make.make_application(call=call, first_name=name, last_name="Berg") for name in names}
    coordinator = person("coordinator")
    coordinator.sign_in(katerina.username)

    drag_to_screening(coordinator, call.pk, people["Ilse"])
    move_by_keyboard(coordinator, people["Marco"])
    drag_to_accepted_while_the_page_moves(coordinator, people["Ilse"], people["Marco"])
    mark(coordinator, people["Ilse"])
    offer_a_time(coordinator, people["Ilse"])
    choose_the_time(person("applicant"), outbox.link_to(people["Ilse"].email, "/applications/status/"))
    accept(coordinator, people["Ilse"])
    decline_three(coordinator, call.pk, [people[name] for name in names[2:]])

    stages = dict(Application.objects.filter(call=call).values_list("first_name", "stage"))
    assert stages == {
        "Ilse": "accepted",
        "Marco": "screening",
        "Sanna": "declined",
        "Pedro": "declined",
        "Jana": "declined",
    }
    assert outbox.link_to(people["Jana"].email, "/applications/status/")
    assert Letter.objects.filter(application__call=call, purpose="declined").count() == 3


def drag_to_screening(coordinator: Person, call: int, application: Application) -> None:
    coordinator.visit(f"/applications/board/{call}/")
    page = coordinator.page
    press(page, application)
    drop(page, "screening")
    expect(page.locator("[data-said]")).to_have_text(f"{application} now stands under “Screening”.")
    expect(page.locator(f"[data-stage=screening] [data-card='{application.pk}']")).to_be_visible()
    application.refresh_from_db()
    assert application.stage == Stage.SCREENING


def press(page: Page, application: Application) -> None:
    """Take hold of a card at its lower end, where nothing is to be pressed."""
    card = page.locator(f"[data-card='{application.pk}']")
    card.scroll_into_view_if_needed()
    box = card.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] - 12, box["y"] + box["height"] - 12)
    page.mouse.down()


def drop(page: Page, stage: str) -> None:
    """Carry the card that is held to a column and let it go."""
    page.mouse.move(400, 400)
    page.mouse.move(420, 420)
    title = page.locator(f"#stage-{stage}")
    title.scroll_into_view_if_needed()
    title.hover()
    title.hover()
    page.mouse.up()


def drag_to_accepted_while_the_page_moves(coordinator: Person, lower: Application, upper: Application) -> None:
    page = coordinator.page
    press(page, lower)
    above, below = (page.locator(f"[data-card='{each.pk}']").bounding_box() for each in (upper, lower))
    assert above
    assert below
    page.locator(".board").evaluate("(board, by) => (board.style.marginTop = `${by}px`)", below["y"] - above["y"])
    drop(page, "accepted")
    page.wait_for_url(f"**/{lower.pk}/accept/")
    lower.refresh_from_db()
    assert lower.stage == Stage.SCREENING
    coordinator.check_page()


def move_by_keyboard(coordinator: Person, application: Application) -> None:
    coordinator.visit(f"/applications/board/{application.call_id}/")
    page = coordinator.page
    menu = page.locator(f"[data-card='{application.pk}'] summary")
    menu.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-said]")).to_have_text(f"{application} now stands under “Screening”.")
    expect(menu).to_be_focused()
    coordinator.check_page()


def mark(coordinator: Person, application: Application) -> None:
    coordinator.visit(application.get_absolute_url())
    coordinator.press("Fill in my scorecard")
    coordinator.press("Hand in my scorecard")
    expect(coordinator.page.locator("[aria-invalid=true], .field--wrong").first).to_be_visible()
    for steps in coordinator.page.locator(".scale").all():
        steps.locator("input[value='3']").check()
    coordinator.press("Hand in my scorecard")
    expect(coordinator.page.get_by_text("Your scorecard is handed in.")).to_be_visible()


def offer_a_time(coordinator: Person, application: Application) -> None:
    coordinator.press("Offer an interview")
    time = timezone.localtime() + timedelta(days=3)
    coordinator.fill_in(place="Town library", time_1=time.strftime("%Y-%m-%dT15:00"))
    coordinator.press("Send the invitation")
    expect(coordinator.page.get_by_text("Times offered")).to_be_visible()


def choose_the_time(applicant: Person, link: str) -> None:
    applicant.visit(f"{link}interview/")
    applicant.page.locator("button[name=time]").first.click()
    expect(applicant.page.get_by_text("Your time is fixed.")).to_be_visible()
    applicant.check_page()


def accept(coordinator: Person, application: Application) -> None:
    coordinator.visit(application.get_absolute_url())
    expect(coordinator.page.get_by_text("Confirmed", exact=True)).to_be_visible()
    coordinator.press("Accept")
    coordinator.fill_in(answer="We look forward to working with you.", reason="Patient.")
    coordinator.press("Accept as a mentor")
    expect(coordinator.page.get_by_text(f"{application} is a mentor now.")).to_be_visible()


def decline_three(coordinator: Person, call: int, applications: list[Application]) -> None:
    coordinator.visit(f"/applications/board/{call}/list/")
    for application in applications:
        coordinator.page.get_by_label(str(application), exact=True).check()
    coordinator.page.locator("#deed").select_option("declined")
    coordinator.press("Go on")
    coordinator.fill_in(words="All places are taken this time.")
    coordinator.press("See each mail")
    expect(coordinator.page.locator("details.card")).to_have_count(3)
    coordinator.press("Send")
    expect(coordinator.page.get_by_text("3 applications are answered.")).to_be_visible()
