"""A coordinator brings a cohort together, by mouse and by keyboard; a mentee then sees the group."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lms.people.models import User
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.matching.actions.naming import number_people
from mentoring_ext.matching.models import Alias, MatchRun
from mentoring_ext.programmes.models import Role
from tests import make
from tests.journeys.outbox import Outbox
from tests.journeys.person import Person

pytestmark = pytest.mark.journey


def test_a_coordinator_brings_a_cohort_together(person: Callable[[str], Person], outbox: Outbox):
    cohort = make.make_cohort()
    katerina = make.make_coordinator(cohort, username="katerina-pairs")
    mentor, other = (add_mentor(cohort, name, likes) for name, likes in (("Ilse", ["music"]), ("Marco", ["games"])))
    ada, ben, eva = (
        add_mentee(cohort, name, likes)
        for name, likes in (("Ada", ["music"]), ("Ben", ["music", "film"]), ("Eva", ["games"]))
    )
    coordinator = person("coordinator")
    coordinator.sign_in(katerina.username)

    weigh_and_run(coordinator, cohort.pk)
    lock(coordinator, eva)
    exclude(coordinator, ada)
    move_by_keyboard(coordinator, ben, other)
    coordinator.press(f"Unlock {ben}")
    move_by_drag(coordinator, ben, mentor)
    solve_again_and_compare(coordinator, ada)
    assert not MentoringGroup.objects.filter(cohort=cohort).exists()
    publish(coordinator)

    groups = {group.mentor: set(group.people()[1:]) for group in cohort.groups.all()}
    assert groups == {mentor: {ben}, other: {ada, eva}}
    see_the_group(person("mentee"), ada, outbox)


def test_a_coordinator_decides_without_names(person: Callable[[str], Person]):
    cohort = make.make_cohort()
    katerina = make.make_coordinator(cohort, username="katerina-hides")
    mentors = [add_mentor(cohort, name, likes) for name, likes in (("Ilse", ["music"]), ("Marco", ["games"]))]
    mentees = [add_mentee(cohort, f"{name} Blind", likes) for name, likes in (("Ada", ["music"]), ("Eva", ["games"]))]
    numbers = call([*mentors, *mentees], cohort)
    coordinator = person("coordinator")
    coordinator.sign_in(katerina.username)
    coordinator.visit(f"/cohorts/{cohort.pk}/pairing/")
    coordinator.press("Hide the names")
    coordinator.press("Find the best pairing")
    placed = cohort.match_runs.get().proposals.get(mentee=mentees[0])
    home, away = sorted(mentors, key=lambda mentor: mentor != placed.mentor)
    first, second = (numbers[mentee] for mentee in mentees)

    move_by_keyboard(coordinator, first, numbers[away])
    coordinator.press(f"Unlock {first}")
    move_by_drag(coordinator, first, numbers[home])
    coordinator.page.get_by_role("button", name="Undo “").click()
    expect(coordinator.page.get_by_text("Undone:")).to_be_visible()
    lock(coordinator, second)
    coordinator.press(f"Unlock {second}")
    exclude(coordinator, second)
    coordinator.press("Solve again")
    coordinator.press("Compare")
    expect(coordinator.page.locator("tr", has_text=str(second))).to_be_visible()
    for user in (*mentors, *mentees):
        expect(coordinator.page.get_by_text(str(user))).to_have_count(0)


def call(people: list[User], cohort) -> dict[User, Alias]:
    """Give these people numbers of which none begins another."""
    found = {alias.user: alias for alias in number_people(cohort)}
    for place, user in enumerate(people):
        found[user].number = 11 + 11 * place
        found[user].save()
    return found


def add_mentor(cohort, name: str, interests: list[str]) -> User:
    user = make.make_member(cohort, Role.MENTOR, first_name=name, last_name="Berg")
    make.make_mentor_profile(user=user, capacity=2, interests=interests)
    return user


def add_mentee(cohort, name: str, interests: list[str]) -> User:
    user = make.make_member(cohort, Role.MENTEE, first_name=name, last_name="Lind", username=f"{name.lower()}-pairs")
    make.make_mentee_profile(user=user, interests=interests)
    return user


def weigh_and_run(coordinator: Person, cohort: int) -> None:
    coordinator.visit(f"/cohorts/{cohort}/pairing/")
    effect = coordinator.page.locator("[data-effect]")
    expect(effect).to_contain_text("Weakest match")
    before = effect.inner_text()
    slider = coordinator.page.get_by_role("slider", name="Needs and autonomy")
    slider.focus()
    for _step in range(5):
        coordinator.page.keyboard.press("ArrowLeft")
    expect(effect).not_to_have_text(before)
    coordinator.press("Find the best pairing")
    expect(coordinator.page.get_by_text("3 of 3 mentees placed")).to_be_visible()


def lock(coordinator: Person, mentee: User | Alias) -> None:
    coordinator.press(f"Lock {mentee}")
    expect(coordinator.page.get_by_text("this costs the whole nothing")).to_be_visible()
    coordinator.press("Lock this pair")
    expect(coordinator.page.locator(".field--wrong")).to_contain_text("Write why")
    coordinator.fill_in(reason="They know each other.")
    coordinator.press("Lock this pair")
    expect(coordinator.page.locator("[data-mentee]", has_text=str(mentee)).get_by_text("Locked")).to_be_visible()


def exclude(coordinator: Person, mentee: User | Alias) -> None:
    coordinator.press(f"Exclude {mentee}")
    coordinator.fill_in(reason="They had a dispute.")
    coordinator.press("Exclude this pair")
    expect(coordinator.page.get_by_text("This pair is excluded.")).to_be_visible()


def move_by_keyboard(coordinator: Person, mentee: User | Alias, mentor: User | Alias) -> None:
    page = coordinator.page
    move = page.get_by_role("link", name=f"Move {mentee}", exact=True)
    move.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-said]")).to_contain_text(f"{mentee} is picked up.")
    page.keyboard.press("Escape")
    expect(move).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_contain_text("Put here")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    confirm_move(coordinator, mentee, mentor)


def move_by_drag(coordinator: Person, mentee: User | Alias, mentor: User | Alias) -> None:
    page = coordinator.page
    row = page.locator("[data-mentee]", has_text=str(mentee))
    row.scroll_into_view_if_needed()
    take_hold(page, row.bounding_box())
    card = page.locator("[data-place]", has_text=str(mentor))
    expect(card.locator("[data-put] a")).to_be_visible()
    with page.expect_navigation():
        card.locator("h2").hover()
        card.locator("h2").hover()
        page.mouse.up()
    confirm_move(coordinator, mentee, mentor)


def take_hold(page: Page, box) -> None:
    page.mouse.move(box["x"] + 8, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.move(box["x"] + 30, box["y"] + 30)


def confirm_move(coordinator: Person, mentee: User | Alias, mentor: User | Alias) -> None:
    coordinator.check_page()
    expect(coordinator.page.locator("[name=place]:checked")).to_have_count(1)
    coordinator.fill_in(reason="Both live near the station.")
    coordinator.press("Move")
    expect(coordinator.page.get_by_text(f"{mentee} is with {mentor} now.")).to_be_visible()


def solve_again_and_compare(coordinator: Person, moved: User) -> None:
    coordinator.press("Solve again around the locks")
    coordinator.press("Compare")
    expect(coordinator.page.locator("tr", has_text=str(moved))).to_be_visible()
    coordinator.visit(MatchRun.objects.first().get_absolute_url())


def publish(coordinator: Person) -> None:
    coordinator.press("Publish these groups")
    coordinator.page.locator("summary", has_text="Change the words").click()
    coordinator.fill_in(mentee_en_subject="Meet {mentor}")
    coordinator.press("Save the words and show each letter")
    coordinator.page.locator("summary", has_text="Ada").click()
    expect(coordinator.page.get_by_role("heading", name="Meet Marco Berg").first).to_be_visible()
    coordinator.press("Publish 2 groups")
    expect(coordinator.page.get_by_text("Published. The groups are open")).to_be_visible()


def see_the_group(mentee: Person, ada: User, outbox: Outbox) -> None:
    link = outbox.link_to(ada.email, "/groups/")
    mentee.sign_in(ada.username)
    mentee.visit(link)
    expect(mentee.page.get_by_role("heading", name="Group of Marco Berg")).to_be_visible()
