"""A workshop, from its plan to the certificate: scenario, places, waiting list, attendance, and a question."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from forum.boards.models import Topic
from lms.people.models import User
from mentoring_ext.workshops.models import Scenario, Workshop
from tests import make
from tests.journeys.person import Person

pytestmark = pytest.mark.journey
TITLE = "Two cultures in one group"


@pytest.fixture
def planner(site: str) -> User:
    """A coordinator, with a scenario in the library of the organisation."""
    cohort = make.make_cohort()
    planner = make.make_coordinator(cohort, first_name="Kalina", last_name="Petrova")
    Scenario.objects.create(
        organisation=cohort.organisation,
        title="Being on time",
        summary="Five o'clock is not the same for everybody.",
        published=True,
        written_by=planner,
        changed_at=make.JANUARY,
    )
    return planner


def test_a_workshop_from_its_plan_to_the_certificate(planner: User, person: Callable[[str], Person]):
    first, second = (make.make_mentor_profile().user for _mentor in range(2))
    keeper, guest, late = person("planner"), person("guest"), person("late")
    keeper.sign_in(planner.username)
    guest.sign_in(first.username)
    late.sign_in(second.username)

    plan(keeper)
    workshop = Workshop.objects.get(title=TITLE)
    book(guest, workshop, "You have a place.")
    book(late, workshop, "All places are taken. You are on the waiting list.")
    ask(guest, workshop)
    let_it_take_place(workshop)
    note_who_came(keeper, workshop, str(first))
    open_certificate(guest, workshop)

    topic = Topic.objects.get(title="Who speaks first?")
    assert (topic.author, workshop.questions.get().address) == (first, topic.get_absolute_url())
    assert list(workshop.points.values_list("title", flat=True)) == ["What we take along", "A case"]


def plan(planner: Person) -> None:
    """Plan it with one place, mend the end that comes too early, and put the last point first by the mouse."""
    start = timezone.localtime() + timedelta(days=7)
    planner.visit("/workshops/")
    planner.press("Plan a workshop")
    times = {"starts_at": start, "ends_at": start - timedelta(hours=1), "book_until": start - timedelta(days=1)}
    planner.fill_in(**{name: f"{time:%Y-%m-%dT%H:%M}" for name, time in times.items()})
    planner.fill_in(title=TITLE, text="We talk about a case.", place="Library", places="1")
    planner.press("Make the workshop")
    expect(planner.page.locator("[name='ends_at'][aria-invalid=true]")).to_be_visible()
    planner.fill_in(ends_at=f"{start + timedelta(hours=2):%Y-%m-%dT%H:%M}")
    planner.press("Make the workshop")
    add_point(planner, "A case", scenario="Being on time")
    add_point(planner, "What we take along")
    points = planner.page.locator("[id^='point-']")
    with planner.page.expect_navigation():
        points.nth(1).drag_to(points.nth(0), target_position={"x": 40, "y": 4})
    expect(points.nth(0)).to_contain_text("What we take along")
    planner.press("Announce it")
    expect(planner.page.get_by_text(f"“{TITLE}” is open for booking.")).to_be_visible()


def add_point(planner: Person, title: str, scenario: str = "") -> None:
    planner.press("Add a point")
    planner.fill_in(title=title, minutes="30")
    if scenario:
        planner.page.get_by_label("Talk about a scenario of use").select_option(label=scenario)
    planner.press("Save the point")


def book(mentor: Person, workshop: Workshop, answer: str) -> None:
    """Book from the list, by keyboard alone."""
    mentor.visit("/workshops/")
    mentor.press(TITLE)
    mentor.page.get_by_role("button", name=re.compile("Book a place|Go on the waiting list")).focus()
    with mentor.page.expect_navigation():
        mentor.page.keyboard.press("Enter")
    mentor.check_page()
    expect(mentor.page.get_by_text(answer)).to_be_visible()


def ask(mentor: Person, workshop: Workshop) -> None:
    mentor.visit(workshop.get_absolute_url())
    mentor.press("Ask a question")
    mentor.press("Ask this question")
    expect(mentor.page.locator("[name='title'][aria-invalid=true]")).to_be_visible()
    mentor.fill_in(title="Who speaks first?", text="In a group of three.")
    mentor.press("Ask this question")
    mentor.press("Who speaks first?")
    expect(mentor.page.get_by_text("This came up in the workshop")).to_be_visible()


def let_it_take_place(workshop: Workshop) -> None:
    hour_ago = timezone.now() - timedelta(hours=1)
    times = {"starts_at": hour_ago, "ends_at": hour_ago + timedelta(hours=2), "book_until": hour_ago}
    Workshop.objects.filter(pk=workshop.pk).update(**times)


def note_who_came(planner: Person, workshop: Workshop, name: str) -> None:
    planner.visit(workshop.get_absolute_url())
    planner.press("Note who came")
    expect(planner.page.get_by_label(name)).to_be_checked()
    planner.press("Save who took part")
    expect(planner.page.get_by_text("Took part", exact=True)).to_be_visible()


def open_certificate(mentor: Person, workshop: Workshop) -> None:
    mentor.visit(workshop.get_absolute_url())
    mentor.press("Open your certificate")
    expect(mentor.page.get_by_text(TITLE).first).to_be_visible()
