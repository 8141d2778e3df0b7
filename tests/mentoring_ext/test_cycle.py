from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lms.agenda.actions import agenda_for
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people.models import User
from lms.plugins import EvidenceRow, EvidenceSource
from mentoring_ext.cycle import actions, errors
from mentoring_ext.cycle.board import BoardRow, by_aspect, rows_of
from mentoring_ext.cycle.models import ContentProposal
from mentoring_ext.cycle.origins import origins_of
from mentoring_ext.cycle.wagtail_hooks import _erase
from mentoring_ext.evaluation.models import Aspect
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.practices.models import Practice
from mentoring_ext.programmes.actions import open_cohort
from mentoring_ext.programmes.models import ProgrammeCourse, Role
from oer.lessons.models import LessonPage
from tests.make import (
    AUTUMN,
    make_administrator,
    make_coordinator,
    make_editor,
    make_evaluation,
    make_finished_group,
    make_lesson,
    make_manager,
    make_module,
    make_practice,
    make_proposal,
    make_round,
    make_user,
)
from tests.own_data import own_data
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
CIRCLE = "/circle/"


def evaluated_group() -> MentoringGroup:
    group = make_round()
    make_evaluation(group.people()[1], {"tools-worked": 1, "tools-words": "The chat was hard to find."}, scale=5)
    return group


def coordinator_of(group: MentoringGroup) -> User:
    return group.cohort.memberships.get(role=Role.COORDINATOR).user


def board_url(group: MentoringGroup) -> str:
    return reverse("mentoring_cycle:evidence_board", args=[group.cohort.pk])


def keys_about(group: MentoringGroup, aspect: str) -> list[str]:
    return [found.row.key for found in rows_of([group.cohort.pk]) if found.row.aspect == aspect]


def publish(lesson: LessonPage) -> None:
    lesson.get_latest_revision().publish()
    lesson.refresh_from_db()


def make_row(aspect: str, strength: float | None, people: int = 1, key: str = "row:1") -> BoardRow:
    source = EvidenceSource("source", "Source", "star", lambda _ids: [])
    row = EvidenceRow(key=key, title="Row", quote="", aspect=aspect, at=AUTUMN, strength=strength, people=people)
    return BoardRow(source, row)


def test_board_puts_the_weakest_aspect_first_and_what_is_not_measured_last():
    rows = [make_row("topics", 0.9), make_row("tools", 0.2), make_row("relationship", None)]

    assert [group.aspect for group in by_aspect(rows)] == [Aspect.TOOLS, Aspect.TOPICS, Aspect.RELATIONSHIP]


def test_board_weighs_figures_with_their_people():
    (group,) = by_aspect([make_row("tools", 0.2, people=15), make_row("tools", 1.0, people=5)])

    assert (group.percent, group.people) == (40, 15)


def test_board_keeps_an_aspect_that_nobody_knows_under_anything_else():
    (group,) = by_aspect([make_row("weather", 0.2)])

    assert group.aspect == Aspect.OTHER


def test_propose_lesson_keeps_the_rows_as_they_stand_and_tells_the_editors():
    editor, group = make_editor(), evaluated_group()

    proposal = make_proposal(group.cohort, keys=keys_about(group, "tools"))

    cited = proposal.evidence.get(quote="The chat was hard to find.")
    assert (cited.source, list(cited.givers.all())) == ("evaluation", [group.people()[1]])
    assert Notice.objects.get(kind="cycle.proposed").recipient == editor
    assert Entry.objects.filter(verb="proposed").count() == 1


@pytest.mark.parametrize(("keys", "error"), [([], errors.NoEvidence), (["gone:1"], errors.EvidenceGone)])
def test_propose_lesson_needs_evidence_of_its_cohort(keys: list[str], error: type[Exception]):
    group = evaluated_group()

    with pytest.raises(error):
        actions.propose_lesson(
            group.cohort,
            actor=coordinator_of(group),
            title="Aims",
            aspect="tools",
            text="Say how.",
            module=make_module(),
            keys=keys,
            at=AUTUMN,
        )


def test_accept_proposal_makes_a_draft_at_the_end_of_the_module():
    proposal, editor = make_proposal(text="First <b>line</b>.\n\nSecond line."), make_editor()

    lesson = actions.accept_proposal(proposal, actor=editor, at=AUTUMN)

    assert (lesson.live, lesson.get_parent().pk) == (False, proposal.module.pk)
    assert "&lt;b&gt;line" in str(lesson.body)
    assert Notice.objects.get(kind="cycle.decided").recipient == proposal.author
    assert Entry.objects.filter(verb="accepted").count() == 1


def test_decline_proposal_answers_the_author():
    proposal = make_proposal()

    actions.decline_proposal(proposal, actor=make_editor(), answer="We have one.", at=AUTUMN)

    assert (proposal.state, proposal.answer) == ("declined", "We have one.")
    assert Notice.objects.get(kind="cycle.decided").recipient == proposal.author
    assert Entry.objects.filter(verb="declined").count() == 1


def test_decline_proposal_needs_an_answer():
    with pytest.raises(errors.AnswerMissing):
        actions.decline_proposal(make_proposal(), actor=make_editor(), answer=" ", at=AUTUMN)


def test_proposal_is_decided_once():
    proposal, editor = make_proposal(), make_editor()
    actions.accept_proposal(proposal, actor=editor, at=AUTUMN)

    with pytest.raises(errors.AlreadyDecided):
        actions.accept_proposal(proposal, actor=editor, at=AUTUMN)
    with pytest.raises(errors.AlreadyDecided):
        actions.decline_proposal(proposal, actor=editor, answer="No.", at=AUTUMN)


def test_publishing_the_lesson_tells_givers_and_author_once():
    group, editor = evaluated_group(), make_editor()
    proposal = make_proposal(group.cohort, keys=keys_about(group, "tools"))
    lesson = actions.accept_proposal(proposal, actor=editor, at=AUTUMN)

    publish(lesson)
    publish(lesson)

    told = Notice.objects.filter(kind="cycle.lesson_published")
    assert sorted(told.values_list("recipient", flat=True)) == sorted([group.people()[1].pk, coordinator_of(group).pk])
    assert told[0].url == lesson.url
    assert Entry.objects.filter(verb="published", object_text=proposal.title).count() == 1


def test_publishing_another_page_tells_nobody():
    proposal, editor = make_proposal(), make_editor()
    actions.accept_proposal(proposal, actor=editor, at=AUTUMN)

    other = make_lesson()
    other.save_revision().publish()

    assert not Notice.objects.filter(kind="cycle.lesson_published").exists()


def test_lesson_says_where_it_comes_from_without_quotes():
    group, editor = evaluated_group(), make_editor()
    practice = make_practice(group, state=Practice.State.PUBLISHED)
    proposal = make_proposal(group.cohort)
    lesson = actions.accept_proposal(proposal, actor=editor, at=AUTUMN)
    before = list(origins_of(lesson, None))
    publish(lesson)

    (for_visitors,), (for_editors,) = list(origins_of(lesson, None)), list(origins_of(lesson, editor))

    assert before == []
    assert str(for_visitors.text).startswith("A few people in an earlier mentoring cohort told us about")
    assert [url for _title, url in for_visitors.links] == [practice.get_absolute_url()]
    assert proposal.get_absolute_url() in [url for _title, url in for_editors.links]


def test_cohort_opened_afterwards_requires_the_new_lesson_and_the_earlier_one_does_not():
    group, editor = evaluated_group(), make_editor()
    programme, module, coordinator = group.cohort.programme, make_module(), coordinator_of(group)
    old_lesson = make_lesson(module=module)
    ProgrammeCourse.objects.create(programme=programme, course=module, role=Role.MENTEE)

    def open_next(name: str) -> set[int]:
        cohort = open_cohort(
            programme,
            actor=coordinator,
            organisation=group.cohort.organisation,
            name=name,
            country="GR",
            starts_on=AUTUMN.date(),
            at=AUTUMN,
        )
        return set(cohort.requirements.values_list("activity", flat=True))

    before = open_next("Before")
    lesson = actions.accept_proposal(make_proposal(group.cohort, module=module), actor=editor, at=AUTUMN)
    as_draft = open_next("As a draft")
    publish(lesson)
    after = open_next("After")

    assert before == as_draft == {old_lesson.pk}
    assert after == {old_lesson.pk, lesson.pk}


def test_agenda_leads_from_coordinator_to_editor():
    group, editor = evaluated_group(), make_editor()
    coordinator = coordinator_of(group)

    def keys(person: User) -> list[str]:
        return [item.key for item in agenda_for(person, AUTUMN)]

    assert f"evidence:{group.cohort.pk}" in keys(coordinator)
    proposal = make_proposal(group.cohort)
    assert f"evidence:{group.cohort.pk}" not in keys(coordinator)
    assert f"proposal:decide:{proposal.pk}" in keys(editor)
    actions.accept_proposal(proposal, actor=editor, at=AUTUMN)
    assert f"proposal:publish:{proposal.pk}" in keys(editor)


def test_coordinator_ticks_evidence_and_proposes(client: Client):
    group, module = evaluated_group(), make_module()
    client.force_login(coordinator_of(group))
    keys = keys_about(group, "tools")
    url = reverse("mentoring_cycle:proposal_create", args=[group.cohort.pk])

    board = client.get(board_url(group)).content.decode()
    form = client.get(url, {"evidence": keys}).content.decode()
    typed = {"evidence": keys, "title": "Find the chat", "aspect": "tools", "module": module.pk, "text": "Show it."}
    answered = client.post(url, typed)

    proposal = ContentProposal.objects.get()
    assert board.index("Tools and timeframe") < board.index("Topics of work")
    assert form.count(" checked>") == len(keys)
    assert answered["Location"] == proposal.get_absolute_url()
    assert proposal.evidence.count() == len(keys)


def test_proposing_with_wrong_input_keeps_what_was_typed(client: Client):
    group = evaluated_group()
    client.force_login(coordinator_of(group))
    url = reverse("mentoring_cycle:proposal_create", args=[group.cohort.pk])

    answered = client.post(url, {"title": "Find the chat"})

    page = answered.content.decode()
    assert answered.status_code == 422
    assert "A new lesson needs a reason." in page
    assert 'value="Find the chat"' in page


def test_manager_reads_figures_and_not_what_people_wrote(client: Client):
    group = evaluated_group()
    client.force_login(make_manager(group.cohort.organisation))

    page = client.get(board_url(group)).content.decode()

    assert "Tools and timeframe" in page
    assert "hard to find" not in page
    assert client.get(reverse("mentoring_cycle:proposal_create", args=[group.cohort.pk])).status_code == 403


def test_mentee_does_not_see_the_board(client: Client):
    group = evaluated_group()
    client.force_login(group.people()[1])

    assert client.get(board_url(group)).status_code == 403


def test_board_asks_as_often_for_three_answers_as_for_one(client: Client):
    group = make_round(make_finished_group(mentees=3))
    client.force_login(make_coordinator(group.cohort))
    people = iter(group.people()[1:])

    assert_same_queries(
        lambda: client.get(board_url(group)), lambda: make_evaluation(next(people), {"all-words": "Fine."})
    )


def test_editor_accepts_and_lands_in_the_draft(client: Client):
    proposal = make_proposal()
    client.force_login(make_editor())

    answered = client.post(reverse("mentoring_cycle:proposal_accept", args=[proposal.pk]))

    lesson = LessonPage.objects.get()
    assert answered["Location"] == reverse("wagtailadmin_pages:edit", args=[lesson.pk])


def test_editor_declines_with_a_reason_or_is_asked_for_one(client: Client):
    proposal = make_proposal()
    client.force_login(make_editor())
    url = reverse("mentoring_cycle:proposal_decline", args=[proposal.pk])

    assert client.post(url, {"answer": ""}).status_code == 422
    assert client.post(url, {"answer": "We have one."}).status_code == 302


def test_coordinator_may_not_decide(client: Client):
    proposal = make_proposal()
    assert proposal.author
    client.force_login(proposal.author)

    assert client.post(reverse("mentoring_cycle:proposal_accept", args=[proposal.pk])).status_code == 403


@pytest.mark.parametrize(("role", "reads"), [("manager", False), ("administrator", False), ("editor", True)])
def test_proposal_shows_what_people_wrote_to_those_who_need_it(client: Client, role: str, reads: bool):
    proposal = make_proposal()
    people = {
        "manager": lambda: make_manager(proposal.cohort.organisation),
        "administrator": make_administrator,
        "editor": make_editor,
    }
    client.force_login(people[role]())

    page = client.get(proposal.get_absolute_url()).content.decode()

    assert ("The chat was hard to find." in page) is reads
    assert ("You see the figures." in page) is not reads


def test_proposal_is_not_found_by_strangers(client: Client):
    proposal = make_proposal()
    client.force_login(make_user())

    assert client.get(proposal.get_absolute_url()).status_code == 404


def test_proposals_ask_as_often_for_three_as_for_one(client: Client):
    group, module = evaluated_group(), make_module()
    client.force_login(make_editor())

    assert_same_queries(
        lambda: client.get(reverse("mentoring_cycle:proposal_list")),
        lambda: make_proposal(group.cohort, module=module),
    )


def test_circle_shows_numbers_only_to_those_who_run_it(client: Client):
    group = evaluated_group()
    plain = client.get(CIRCLE).content.decode()
    client.force_login(coordinator_of(group))

    numbers = client.get(CIRCLE).content.decode()

    assert "evaluations handed in" not in plain
    assert "1 evaluations handed in" in " ".join(numbers.split())


def test_erase_takes_the_words_and_keeps_the_proposal():
    group = evaluated_group()
    mentee = group.people()[1]
    proposal = make_proposal(group.cohort, at=AUTUMN + timedelta(days=1))

    exported = own_data(mentee, "cycle")
    _erase(mentee)
    _erase(coordinator_of(group))

    proposal.refresh_from_db()
    assert "The chat was hard to find." in [row.get("quote") for row in exported["citedevidence"]]
    assert set(proposal.evidence.values_list("quote", flat=True)) == {""}
    assert proposal.author is None


def test_home_tells_editors_how_many_proposals_wait(client):
    make_proposal()
    client.force_login(make_editor())

    assert "Lessons out of evidence" in client.get("/home/").text
