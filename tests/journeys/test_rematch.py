"""After publishing: one confirms, two ask for another match, and the coordinator answers before session 3."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone
from playwright.sync_api import expect

from lms.people.models import User
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.matching.actions import run_matching
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.models import MatchRequest, MatchRun
from mentoring_ext.programmes.models import Cohort, Role
from mentoring_ext.sessions.models import Session
from tests import make
from tests.journeys.outbox import Outbox
from tests.journeys.person import Person

pytestmark = pytest.mark.journey
REASON = "We cannot find an hour together."
WEEK = timedelta(weeks=1)


def test_another_match_in_session_2(person: Callable[[str], Person], outbox: Outbox):
    today = timezone.localdate()
    cohort = make.make_cohort(starts_on=today - 2 * WEEK, ends_on=today + 20 * WEEK)
    katerina = make.make_coordinator(cohort, username="katerina-rematch")
    ilse, marco = (add(cohort, Role.MENTOR, name, likes) for name, likes in (("Ilse", "music"), ("Marco", "games")))
    names = (("Ada", "music"), ("Ben", "music"), ("Eva", "games"), ("Jan", "games"))
    ada, ben, eva, _jan = (add(cohort, Role.MENTEE, name, likes) for name, likes in names)
    coordinator, asker, other = person("coordinator"), person("asker"), person("other")
    for window, user in ((coordinator, katerina), (asker, ada), (other, eva)):
        window.sign_in(user.username)

    former = publish(coordinator, cohort, ilse)
    reach_session_2(cohort)
    confirm(other, outbox.link_to(eva.email, "/groups/"))
    ask(asker, former)
    accept(coordinator)

    assert len(MatchRequest.objects.get(mentee=ada).moves) == 2
    meet_the_new_mentor(asker, outbox.link_to(ada.email, cohort.groups.get(mentor=marco).get_absolute_url()), marco)
    asker.page.goto(former.get_absolute_url())
    expect(asker.page.get_by_role("heading", name="This page is not here")).to_be_visible()
    asker.troubles.clear()
    see_what_stayed(person("mentor"), ilse, former, came=set(former.people()[1:]) - {ben})
    ask(other, next(group for group in cohort.groups.all() if eva in group.people()))
    decline(coordinator, other)
    reach_session_3(cohort)
    find_it_closed(other)


def add(cohort: Cohort, role: str, name: str, likes: str) -> User:
    user = make.make_member(cohort, role, first_name=name, last_name="Holm", username=f"{name.lower()}-rematch")
    if role == Role.MENTOR:
        make.make_mentor_profile(user=user, capacity=2, interests=[likes])
    else:
        make.make_mentee_profile(user=user, interests=[likes])
    return user


def publish(coordinator: Person, cohort: Cohort, mentor: User) -> MentoringGroup:
    run = run_matching(cohort, actor=cohort_coordinator(cohort), weights=DEFAULT_WEIGHTS, at=timezone.now())
    coordinator.visit(f"{run.get_absolute_url()}publish/")
    coordinator.press("Publish 2 groups")
    expect(coordinator.page.get_by_text("Published. The groups are open")).to_be_visible()
    assert MatchRun.objects.get(pk=run.pk).is_published
    return cohort.groups.get(mentor=mentor)


def cohort_coordinator(cohort: Cohort) -> User:
    return cohort.memberships.in_role(Role.COORDINATOR).get().user


def reach_session_2(cohort: Cohort) -> None:
    """Both groups have held session 1 and are in session 2 now."""
    for group in cohort.groups.all():
        sessions = make.make_sessions(group, first_at=timezone.now() - WEEK)
        make.register(sessions[0], description=f"{group} met for the first time.")


def reach_session_3(cohort: Cohort) -> None:
    times = {"starts_at": F("starts_at") - WEEK, "ends_at": F("ends_at") - WEEK}
    Session.objects.filter(group__cohort=cohort).update(**times)


def confirm(mentee: Person, group: str) -> None:
    mentee.visit(group)
    by_keyboard(mentee, "button", "Confirm my match")
    expect(mentee.page.get_by_text("You confirmed your match. 1 of 3 in your group have confirmed.")).to_be_visible()


def by_keyboard(person: Person, role: str, name: str) -> None:
    """Reach something by the tab key alone, and press Enter on it."""
    target = person.page.get_by_role(role, name=name, exact=True).first
    for _step in range(60):
        person.page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            break
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")
    person.check_page()


def ask(mentee: Person, group: MentoringGroup) -> None:
    """Ask with no word first, and mend that; nobody else of the group reads the reason."""
    mentee.visit(group.get_absolute_url())
    by_keyboard(mentee, "link", "Ask for another match")
    mentee.fill_in(kind="hours")
    mentee.press("Send to my coordinator")
    expect(mentee.page.locator(".field--wrong")).to_contain_text("Write what makes you ask.")
    mentee.fill_in(words=REASON)
    by_keyboard(mentee, "button", "Send to my coordinator")
    expect(mentee.page.get_by_text("You asked for another match. Your coordinator will answer.")).to_be_visible()


def accept(coordinator: Person) -> None:
    """The coordinator finds the request on the own page, and sees who would move before anybody does."""
    coordinator.visit("/home/")
    by_keyboard(coordinator, "link", "See who would move")
    expect(coordinator.page.get_by_text(REASON)).to_be_visible()
    expect(coordinator.page.get_by_role("heading", name="2 people move")).to_be_visible()
    expect(coordinator.page.get_by_role("row")).to_have_count(3)
    expect(coordinator.page.get_by_text("The whole changes by −")).to_be_visible()
    by_keyboard(coordinator, "button", "Accept: move 2 people")
    expect(coordinator.page.get_by_text("Done. 2 people moved. Everybody concerned is told.")).to_be_visible()


def meet_the_new_mentor(mentee: Person, group: str, mentor: User) -> None:
    mentee.visit(group)
    expect(mentee.page.get_by_role("heading", name=f"Group of {mentor}")).to_be_visible()
    expect(mentee.page.get_by_text("Your request was accepted on")).to_be_visible()
    by_keyboard(mentee, "button", "Confirm my match")


def see_what_stayed(mentor: Person, user: User, group: MentoringGroup, came: set[User]) -> None:
    """The former mentor reads session 1 with all who were there, and sees who came in place of whom."""
    mentor.sign_in(user.username)
    mentor.visit(group.get_absolute_url())
    (new,) = came
    expect(mentor.page.get_by_role("complementary").get_by_text(str(new))).to_be_visible()
    expect(mentor.page.get_by_text(REASON)).to_have_count(0)
    mentor.visit(group.sessions.get(number=1).get_absolute_url())
    expect(mentor.page.get_by_text(f"{group} met for the first time.")).to_be_visible()
    expect(mentor.page.get_by_text("Ada Holm")).to_be_visible()


def decline(coordinator: Person, mentee: Person) -> None:
    coordinator.visit("/home/")
    coordinator.press("See who would move")
    coordinator.press("Decline")
    expect(coordinator.page.locator(".field--wrong")).to_contain_text("Write why the match stays.")
    coordinator.fill_in(answer="Let us look for an hour together first.")
    coordinator.press("Decline")
    mentee.page.reload()
    expect(mentee.page.get_by_text("Let us look for an hour together first.")).to_be_visible()


def find_it_closed(mentee: Person) -> None:
    group = MentoringGroup.objects.get(members__user__username="eva-rematch", members__left_at=None)
    mentee.visit(f"/cohorts/match/{group.pk}/ask/")
    expect(mentee.page.get_by_text("Session 3 has begun, so the match cannot change any more.")).to_be_visible()
    expect(mentee.page.get_by_role("button", name="Send to my coordinator")).to_have_count(0)
