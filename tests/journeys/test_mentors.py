"""A graduate becomes a mentor; what is typed on a sheet is not lost; the week is filled in by keyboard alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from lms.people.models import User
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.profiles.models import MenteeProfile, MentorProfile, SheetDraft
from mentoring_ext.programmes.models import Role
from tests import make
from tests.journeys.person import Person

pytestmark = pytest.mark.journey

Windows = Callable[[str], Person]


def sign_in(person: Windows, user: User) -> Person:
    window = person(user.username)
    window.sign_in(user.username)
    return window


@pytest.fixture
def group(site: str) -> MentoringGroup:
    """A group whose sessions are all held, with one mentee whose sheet is complete."""
    group = make.make_finished_group(make.make_cohort(), mentees=1)
    mentee = group.people()[1]
    make.make_mentee_profile(user=mentee, interests=["games", "garden"], languages=["el", "sv"])
    return group


def test_a_graduate_stands_in_the_database_with_the_sheet_and_the_growth_shows_it(
    person: Windows, group: MentoringGroup
) -> None:
    graduate_user = group.people()[1]
    coordinator = sign_in(person, group.cohort.memberships.get(role=Role.COORDINATOR).user)
    graduate = sign_in(person, graduate_user)

    coordinator.visit(f"/groups/{group.pk}/close/")
    coordinator.press("Close the group")
    coordinator.visit("/mentors/graduates/")
    coordinator.press(f"Invite {graduate_user}")
    graduate.visit("/home/")
    expect(graduate.page.get_by_text("Would you like to become a mentor?").first).to_be_visible()
    graduate.visit("/profile/become-a-mentor/")
    graduate.press("Yes, I would like to be a mentor")
    graduate.visit("/profile/mentor/4/")
    for hour in MenteeProfile.objects.get(user=graduate_user).availability:
        expect(graduate.page.locator(f"input[name=availability][value='{hour}']")).to_be_checked()
    graduate.visit("/profile/mentor/3/")
    expect(graduate.page.get_by_label("Games")).to_be_checked()

    coordinator.visit("/mentors/?origin=graduate&language=sv")
    coordinator.press(str(graduate_user))
    expect(coordinator.page.get_by_text("Graduate of the programme")).to_be_visible()
    coordinator.visit("/mentors/growth/")
    row = coordinator.page.get_by_role("row", name=str(group.cohort))
    expect(row.get_by_role("cell").nth(1)).to_have_text("1")
    expect(row.get_by_role("cell").nth(2)).to_have_text("1")
    assert MentorProfile.objects.get(user=graduate_user).origin == MentorProfile.Origin.GRADUATE


def test_what_was_typed_is_there_again_after_the_server_and_the_session_were_gone(
    person: Windows, group: MentoringGroup
) -> None:
    mentee = make.make_member(make.make_cohort(), Role.MENTEE)
    window = sign_in(person, mentee)
    page = window.page
    window.visit("/profile/mentee/1/")

    page.get_by_label("What would you like to reach?").fill("Sell my prints")
    expect(page.locator("#saved")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
    assert SheetDraft.objects.get(user=mentee).data["goals"] == ["Sell my prints"]

    def gone(route: Route) -> None:
        route.abort()

    page.route("**/draft/", gone)
    page.get_by_label("What would you like to reach?").fill("Sell my prints online")
    expect(page.locator("#saved")).to_have_text(re.compile("^Not saved yet"))
    window.context.clear_cookies()
    page.unroute("**/draft/", gone)
    window.troubles.clear()
    window.sign_in(mentee.username)
    window.visit("/profile/mentee/1/")

    expect(page.get_by_label("What would you like to reach?")).to_have_value("Sell my prints online")
    expect(page.locator("#saved")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))


def test_two_windows_of_one_person_do_not_overwrite_each_other(person: Windows, group: MentoringGroup) -> None:
    mentee = make.make_member(make.make_cohort(), Role.MENTEE)
    first = sign_in(person, mentee)
    second = person("second")
    second.sign_in(mentee.username)
    for window in (first, second):
        window.visit("/profile/mentee/1/")

    first.page.get_by_label("What would you like to reach?").fill("From the first window")
    expect(first.page.locator("#saved")).to_have_text(re.compile("^Saved"))
    second.page.get_by_label("What would you like to reach?").fill("From the second window")
    expect(second.page.locator("#saved")).to_have_text(re.compile("another window"))

    assert SheetDraft.objects.get(user=mentee).data["goals"] == ["From the first window"]
    second.troubles.clear()


def test_the_week_is_filled_in_by_keyboard_alone(person: Windows, group: MentoringGroup) -> None:
    mentee = make.make_member(make.make_cohort(), Role.MENTEE)
    window = sign_in(person, mentee)
    page, press = window.page, window.page.keyboard.press
    page.set_viewport_size({"width": 360, "height": 800})
    window.visit("/profile/mentee/4/")

    page.get_by_role("button", name="Monday, all or none:").focus()
    page.locator("[name=availability][tabindex='0']").focus()
    press("Space")
    for _hour in range(2):
        press("Shift+ArrowDown")
    press("ArrowRight")
    press("Space")
    page.get_by_role("button", name="Copy Monday to the weekdays").press("Enter")

    chosen = {int(box.get_attribute("value")) for box in page.locator("[name=availability]:checked").all()}
    assert chosen == {day * 24 + hour for day in range(5) for hour in (8, 9, 10)}
    expect(page.locator("hour-grid [role=status]")).to_have_text("Hours chosen: 15")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.get_by_role("button", name="18:00, all or none:").press("Enter")
    assert len(page.locator("[name=availability]:checked").all()) == 22
    window.check_page()
