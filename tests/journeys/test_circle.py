"""One whole turn of the circle, walked by the people who take part, in a real browser."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import expect

from lms.courses.models import CoursePage
from lms.people.actions import grant_site_role
from lms.people.models import OrganisationMembership, SiteRole, User
from lms.questionnaires.models import Question
from lms.quizzes.models import QuizQuestion
from lms.recognition.models import Certificate
from mentoring_ext.cycle.models import ContentProposal
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.programmes.models import Cohort, CohortMembership, Requirement, Ticker
from tests import make
from tests.journeys.applicant import applicant_answers, paper
from tests.journeys.outbox import Outbox
from tests.journeys.person import Person

pytestmark = pytest.mark.journey

PASSWORD = make.PASSWORD
EVENINGS = [str(day * 24 + hour) for day in range(5) for hour in (18, 19)]
LEVELS = {f"level_{topic}": "2" for topic in ("information", "content", "collaboration", "marketing", "problems")}
LAST_WEEK = timezone.localtime() - timedelta(weeks=1)


@dataclass
class Turn:
    """Who is there, each in a window of their own, by a short name; and what they made so far."""

    open_window: Callable[[str], Person]
    outbox: Outbox
    windows: dict[str, Person] = field(default_factory=dict)
    emails: dict[str, str] = field(default_factory=dict)

    def window(self, name: str) -> Person:
        if name not in self.windows:
            self.windows[name] = self.open_window(name)
        return self.windows[name]

    def user(self, name: str) -> User:
        return User.objects.get(email=self.emails[name])


@pytest.fixture
def turn(person: Callable[[str], Person], outbox: Outbox) -> Turn:
    call_command("load_content", verbosity=0, stdout=StringIO())
    call_command("load_programmes", verbosity=0, stdout=StringIO())
    organisation = make.make_organisation(name="Town of Elaia", slug="town-of-elaia")
    coordinator = make.make_user(username="katerina", organisation=organisation)
    role = OrganisationMembership.Role.COORDINATOR
    OrganisationMembership.objects.create(user=coordinator, organisation=organisation, role=role)
    make.make_manager(organisation, username="manolis")
    grant_site_role(make.make_user(username="erika"), SiteRole.Role.EDITOR, actor=None)
    turn = Turn(person, outbox)
    for name, username in (("coordinator", "katerina"), ("manager", "manolis"), ("editor", "erika")):
        turn.window(name).sign_in(username)
    return turn


def test_one_whole_turn_of_the_circle(turn: Turn, tmp_path: Path):
    cohort = open_a_cohort(turn, "First circle", weeks_ago=13)
    for name, role in (("maria", "mentee"), ("pavel", "mentee"), ("amal", "mentee"), ("nikos", "mentor")):
        invite(turn, cohort, name, role)
        accept_the_invitation(turn, name)
    take_the_training(turn, "maria")
    certificate = Certificate.objects.get(user=turn.user("maria"))
    apply_as_external_mentor(turn, cohort, "ines")
    for name in ("pavel", "amal", "nikos", "ines"):
        waive_the_training(turn, cohort, name)
    for name in ("maria", "pavel", "amal"):
        fill_in_the_mentee_sheet(turn, name)
    for name in ("nikos", "ines"):
        fill_in_the_mentor_sheet(turn, name)

    settle_the_checklist(turn, cohort)
    group = pair_and_publish(turn, cohort)
    mentor = next(name for name in ("nikos", "ines") if turn.user(name) == group.mentor)
    members = [name for name in ("maria", "pavel", "amal") if group.members.filter(user=turn.user(name)).exists()]
    agree(turn, group, mentor, members)
    hold_all_sessions(turn, group, mentor)
    chat_live(turn, group, mentor, "maria")
    write_in_the_forum(turn, group, "maria")

    evaluate(turn, mentor, times=len(members))
    for name in members:
        evaluate(turn, name, times=1)
    export_the_results(turn, cohort, people=len(members) * 2, folder=tmp_path)
    write_a_practice(turn, mentor)
    publish_the_practice(turn)

    proposal = propose_a_lesson(turn, cohort)
    publish_the_lesson(turn, proposal)
    the_next_cohort_requires_it(turn, proposal, cohort, certificate)
    become_a_mentor(turn, group, "maria")


def open_a_cohort(turn: Turn, name: str, *, weeks_ago: int) -> Cohort:
    coordinator = turn.window("coordinator")
    coordinator.visit("/cohorts/")
    coordinator.press("Open a cohort")
    coordinator.press("Open the cohort")
    expect(coordinator.page.locator("#id_name[aria-invalid=true]")).to_be_visible()
    first_day = timezone.localdate() - timedelta(weeks=weeks_ago)
    coordinator.fill_in(name=name, country="GR", starts_on=first_day.isoformat())
    coordinator.press("Open the cohort")
    expect(coordinator.page.get_by_role("heading", name=name)).to_be_visible()
    return Cohort.objects.get(name=name)


def invite(turn: Turn, cohort: Cohort, name: str, role: str) -> None:
    coordinator = turn.window("coordinator")
    turn.emails[name] = f"{name}@example.org"
    coordinator.visit(f"/cohorts/{cohort.pk}/members/new/")
    coordinator.fill_in(first_name=name.title(), last_name="Example", email=turn.emails[name], role=role)
    coordinator.press("Send the invitation")


def accept_the_invitation(turn: Turn, name: str) -> None:
    person = turn.window(name)
    person.visit(turn.outbox.link_to(turn.emails[name], "/people/invitations/"))
    person.fill_in(username=name, password=PASSWORD, repeated=PASSWORD)
    person.press("Save my password and start")
    expect(person.page.get_by_role("heading", name="Next for you")).to_be_visible()


def take_the_training(turn: Turn, name: str) -> None:
    person = turn.window(name)
    person.visit("/courses/")
    person.press("Information and data literacy")
    person.press("Start with the first lesson")
    while person.page.get_by_role("button", name="Done, next lesson").count():
        person.press("Done, next lesson")
    person.press("Start the quiz")
    person.press("Hand in my answers")
    give_the_right_answers(person)
    person.press("Hand in my answers")
    expect(person.page.get_by_role("heading", name="You passed")).to_be_visible()


def give_the_right_answers(person: Person) -> None:
    course = CoursePage.objects.get(slug="information-and-data-literacy")
    for question in QuizQuestion.objects.filter(quiz__path__startswith=course.path).prefetch_related("choices"):
        group = person.page.get_by_role("group", name=question.text)
        for choice in question.choices.all():
            if choice.right and group.count():
                group.get_by_label(choice.text, exact=True).check()
            elif choice.right:
                person.page.get_by_label(question.text).fill(choice.text)


def waive_the_training(turn: Turn, cohort: Cohort, name: str) -> None:
    coordinator = turn.window("coordinator")
    member = CohortMembership.objects.get(cohort=cohort, user=turn.user(name))
    coordinator.visit(f"/cohorts/{cohort.pk}/members/{member.pk}/waive/")
    coordinator.fill_in(because="Took part in the preparation workshop.")
    coordinator.press("Waive the training")


def apply_as_external_mentor(turn: Turn, cohort: Cohort, name: str) -> None:
    coordinator, visitor = turn.window("coordinator"), turn.window(name)
    turn.emails[name] = f"{name}@example.org"
    today = timezone.localdate()
    coordinator.visit("/applications/calls/new/")
    coordinator.fill_in(
        cohort=cohort.pk,
        title="Mentors wanted",
        text="You meet a small group once a week.",
        opens_on=today.isoformat(),
        closes_on=(today + timedelta(days=20)).isoformat(),
    )
    coordinator.press("Open the call")
    visitor.visit("/applications/")
    visitor.press("Mentors wanted")
    visitor.press("Apply as a mentor")
    visitor.fill_in(**applicant_answers("Ines", turn.emails[name]))
    visitor.press("Send my application")
    expect(visitor.page.locator("[name=q-experience]")).to_have_value("Ten years in a library.")
    visitor.page.locator("[name=q-kept_with_consent]").check()
    visitor.press("Send my application")
    visitor.visit(turn.outbox.link_to(turn.emails[name], "/applications/confirm/"))
    visitor.press("Confirm my application")
    coordinator.visit("/applications/calls/")
    coordinator.press("Mentors wanted")
    coordinator.press("Ines Example")
    coordinator.fill_in(stage="interview")
    coordinator.press("Move")
    coordinator.press("Ines Example")
    coordinator.press("Accept")
    coordinator.press("Accept as a mentor")
    accept_the_invitation(turn, name)
    coordinator.visit("/mentors/")
    expect(coordinator.page.get_by_role("link", name="Ines Example")).to_be_visible()


def fill_in_the_mentee_sheet(turn: Turn, name: str) -> None:
    person = turn.window(name)
    person.visit("/profile/mentee/")
    person.fill_in(goals="Show my photographs online.", objectives=["create", "promote"])
    person.press("Save and go on")
    person.fill_in(**LEVELS, area="arts.visual", interests=["photography"])
    person.press("Save and go on")
    person.fill_in(guidance="3", support=["practice"])
    person.press("Save and go on")
    person.fill_in(first_language="en", languages=["en"], availability=EVENINGS)
    person.press("Save and go on")
    person.fill_in(mixed_gender="yes")
    person.press("Finish my sheet")
    expect(person.page.locator("[name=mixed_gender][value=yes]")).to_be_checked()
    person.page.locator("[name=consent]").check()
    person.press("Finish my sheet")


def fill_in_the_mentor_sheet(turn: Turn, name: str) -> None:
    person = turn.window(name)
    person.visit("/profile/mentor/")
    person.fill_in(headline="Trainer", country="PT", area="arts.visual", competences=["content"], **LEVELS)
    person.fill_in(groups_before=1)
    person.press("Save and go on")
    person.fill_in(motives=["confidence"], objectives=["create", "promote"], support=["practice"])
    person.press("Save and go on")
    person.fill_in(guidance="3", interests=["photography"])
    person.press("Save and go on")
    person.fill_in(capacity=3, first_language="en", languages=["en"], availability=EVENINGS)
    person.press("Save and go on")
    person.page.locator("[name=consent]").check()
    person.press("Finish my sheet")


def settle_the_checklist(turn: Turn, cohort: Cohort) -> None:
    """Coordinator and manager settle what each of them answers for, with a proof where one is asked."""
    coordinator = turn.window("coordinator")
    coordinator.visit(f"/cohorts/{cohort.pk}/checklist/")
    required = cohort.checklist.filter(required=True)
    assert {item.ticked_by for item in required} >= {Ticker.COORDINATOR, Ticker.MANAGER}
    for item in required:
        person = turn.window("manager") if item.ticked_by == Ticker.MANAGER else coordinator
        person.visit(item.get_absolute_url())
        person.fill_in(note="Agreed with everybody.")
        if item.needs_evidence:
            person.page.locator("[name=evidence]").set_input_files([paper("record.pdf")])
        person.press("This is settled")
    assert not cohort.checklist.open().filter(required=True).exists()


def pair_and_publish(turn: Turn, cohort: Cohort) -> MentoringGroup:
    coordinator = turn.window("coordinator")
    coordinator.visit(f"/cohorts/{cohort.pk}/pairing/")
    coordinator.press("Find the best pairing")
    expect(coordinator.page.get_by_text("Proven", exact=True)).to_be_visible()
    proposed = coordinator.page.url
    coordinator.press("Why? Maria Example")
    expect(coordinator.page.get_by_text("The parts add up to it.")).to_be_visible()
    coordinator.visit(proposed)
    coordinator.page.get_by_role("link", name="Move Pavel Example", exact=True).click()
    with coordinator.page.expect_navigation():
        coordinator.page.locator("[data-put] a").first.click()
    coordinator.check_page()
    coordinator.fill_in(reason="They know each other from work.")
    coordinator.press("Move")
    expect(coordinator.page.get_by_text("They know each other from work.")).to_be_visible()
    coordinator.press("Publish these groups")
    coordinator.press("Publish 2 groups")
    return MentoringGroup.objects.get(cohort=cohort, members__user=turn.user("maria"))


def agree(turn: Turn, group: MentoringGroup, mentor: str, members: list[str]) -> None:
    writer = turn.window(mentor)
    writer.visit(f"/agreements/groups/{group.pk}/")
    writer.fill_in(goals="Each of us shows one piece of work online.")
    writer.press("Save and ask for signatures")
    agreement = group.agreements.get()
    for name in (mentor, *members):
        signer = turn.window(name)
        signer.visit(agreement.get_absolute_url())
        signer.fill_in(name="Somebody Else")
        signer.press("Sign the agreement")
        signer.fill_in(name=f"{name} example")
        signer.press("Sign the agreement")
    agreement.refresh_from_db()
    assert agreement.signed_at is not None


def hold_all_sessions(turn: Turn, group: MentoringGroup, mentor: str) -> None:
    person = turn.window(mentor)
    first = LAST_WEEK.replace(hour=18, minute=0) - timedelta(weeks=11)
    person.visit(f"/sessions/groups/{group.pk}/schedule/")
    person.fill_in(first_at=f"{first:%Y-%m-%dT%H:%M}", every_days="7", minutes=90, format="online")
    person.press("Show all dates")
    person.press("Save all dates")
    for session in group.sessions.order_by("number"):
        person.visit(f"/sessions/{session.pk}/register/")
        person.fill_in(description=f"We worked on task {session.number}.")
        person.press("Register the session")
    assert group.sessions.filter(registered_at=None).count() == 0


def chat_live(turn: Turn, group: MentoringGroup, mentor: str, mentee: str) -> None:
    one, other = turn.window(mentor), turn.window(mentee)
    for person in (one, other):
        person.visit(group.room.get_absolute_url())
    for sender, reader, words in ((one, other, "Did the upload work?"), (other, one, "Yes, it is online!")):
        sender.page.locator("[name=body]").fill(words)
        sender.page.keyboard.press("Enter")
        expect(reader.page.get_by_text(words)).to_be_visible()
        expect(sender.page.get_by_text(words)).to_have_count(1)
    one.check_page()


def write_in_the_forum(turn: Turn, group: MentoringGroup, name: str) -> None:
    person = turn.window(name)
    person.visit(group.board.get_absolute_url())
    person.press("Start a topic")
    person.fill_in(title="Links that helped me")
    person.page.locator("[name=body]").focus()
    person.page.locator(".ProseMirror").fill("A page about free pictures.")
    person.press("Put it on the board")
    expect(person.page.get_by_text("A page about free pictures.")).to_be_visible()


def evaluate(turn: Turn, name: str, *, times: int) -> None:
    person = turn.window(name)
    for _time in range(times):
        person.visit("/evaluation/")
        with person.page.expect_navigation():
            person.page.locator("section[aria-labelledby=open-heading] a").first.click()
        person.press("Hand in my evaluation")
        answer_every_question(person)
        person.press("Hand in my evaluation")


def answer_every_question(person: Person) -> None:
    asked = set(person.page.locator("main form [name]").evaluate_all("fields => fields.map(field => field.name)"))
    answers: dict[str, Any] = {}
    for question in Question.objects.filter(code__in=[name.removeprefix("q-") for name in asked]):
        if question.kind == Question.Kind.SCALE:
            answers[f"q-{question.code}"] = "2" if question.aspect == "tools" else "4"
        elif question.kind == Question.Kind.LONG_TEXT:
            answers[f"q-{question.code}"] = f"Words about {question.aspect}"
    person.fill_in(**answers)


def export_the_results(turn: Turn, cohort: Cohort, *, people: int, folder: Path) -> None:
    coordinator = turn.window("coordinator")
    coordinator.visit(f"/evaluation/cohorts/{cohort.pk}/")
    with coordinator.page.expect_download() as download:
        coordinator.page.get_by_role("button", name="Download as a spreadsheet").click()
    download.value.save_as(folder / "results.xlsx")
    sheets = load_workbook(BytesIO((folder / "results.xlsx").read_bytes())).worksheets
    assert sum("Words about tools" in row for sheet in sheets for row in sheet.iter_rows(values_only=True)) == people


def write_a_practice(turn: Turn, mentor: str) -> None:
    person = turn.window(mentor)
    person.visit("/practices/new/")
    person.fill_in(title="Ten minutes of set-up before session 1", aspect="tools")
    person.press("Begin the draft")
    person.fill_in(
        context="Three mentees with telephones.", problem="We lost time.", done="We tested the sound before."
    )
    person.press("Hand in my practice")
    expect(person.page.locator("[name=problem]")).to_have_value("We lost time.")
    empty = person.page.locator("main textarea").evaluate_all("all => all.filter(t => !t.value).map(t => t.name)")
    person.fill_in(**dict.fromkeys(empty, "It works for every group that meets online."))
    person.press("Hand in my practice")


def publish_the_practice(turn: Turn) -> None:
    manager, visitor = turn.window("manager"), turn.window("visitor")
    manager.visit("/practices/waiting/")
    manager.press("Ten minutes of set-up before session 1")
    manager.press("Publish to the gallery")
    visitor.visit("/practices/")
    expect(visitor.page.get_by_role("link", name="Ten minutes of set-up before session 1")).to_be_visible()


def propose_a_lesson(turn: Turn, cohort: Cohort) -> ContentProposal:
    coordinator = turn.window("coordinator")
    coordinator.visit(f"/circle/cohorts/{cohort.pk}/evidence/")
    expect(coordinator.page.locator("main section h2").first).to_have_text("Tools and timeframe")
    coordinator.page.locator("[name=evidence]").first.check()
    coordinator.page.get_by_label("Ten minutes of set-up before session 1").check()
    coordinator.press("Propose a lesson from what I ticked")
    module = CoursePage.objects.get(slug="information-and-data-literacy")
    coordinator.fill_in(title="Ready before the first session", module=module.pk)
    coordinator.press("Send my proposal")
    coordinator.fill_in(text="Call everybody before.\n\nTest the sound.")
    coordinator.press("Send my proposal")
    return ContentProposal.objects.get(title="Ready before the first session")


def publish_the_lesson(turn: Turn, proposal: ContentProposal) -> None:
    editor, visitor = turn.window("editor"), turn.window("visitor")
    editor.visit("/circle/proposals/")
    editor.press(proposal.title)
    editor.page.get_by_role("button", name="Accept and open the draft").click()
    editor.page.get_by_role("button", name="More actions").click()
    with editor.page.expect_navigation():
        editor.page.locator("button[name=action-publish]").click()
    editor.troubles.clear()
    proposal.refresh_from_db()
    assert proposal.published_at is not None and proposal.lesson is not None
    visitor.visit(proposal.lesson.get_url())
    expect(visitor.page.get_by_role("heading", name="Where this comes from")).to_be_visible()


def the_next_cohort_requires_it(turn: Turn, proposal: ContentProposal, before: Cohort, earned: Certificate) -> None:
    after = open_a_cohort(turn, "Second circle", weeks_ago=0)
    requirements = Requirement.objects.filter(activity=proposal.lesson_id)
    assert [requirement.cohort for requirement in requirements] == [after]
    graduate = turn.window("maria")
    graduate.visit("/certificates/")
    expect(graduate.page.get_by_text(earned.title)).to_be_visible()
    graduate.visit(earned.get_absolute_url())
    invite(turn, after, "maria", "mentee")
    coordinator = turn.window("coordinator")
    coordinator.visit(f"/cohorts/{after.pk}/")
    done = Requirement.objects.filter(cohort=before, role="mentee").count()
    expect(coordinator.page.get_by_text(f"{done} of {done + 1} steps")).to_be_visible()


def become_a_mentor(turn: Turn, group: MentoringGroup, name: str) -> None:
    coordinator, graduate = turn.window("coordinator"), turn.window(name)
    coordinator.visit(f"/groups/{group.pk}/close/")
    coordinator.press("Close the group")
    coordinator.visit("/mentors/graduates/")
    coordinator.press("Invite Maria Example")
    graduate.visit("/profile/become-a-mentor/")
    graduate.press("Yes, I would like to be a mentor")
    coordinator.visit("/mentors/")
    expect(coordinator.page.get_by_role("link", name="Maria Example")).to_be_visible()
