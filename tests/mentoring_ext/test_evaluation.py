from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from lms.agenda.actions import agenda_for
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people.models import User
from lms.questionnaires.models import Response
from mentoring_ext.evaluation import actions, errors
from mentoring_ext.evaluation.evidence import rows_for
from mentoring_ext.evaluation.models import SELF, EvaluationForm, EvaluationRound, Moment
from mentoring_ext.evaluation.reports import results_of
from mentoring_ext.evaluation.tasks_due import tasks_for
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.programmes.models import Role
from tests.make import (
    AUTUMN,
    make_cohort,
    make_coordinator,
    make_evaluation,
    make_finished_group,
    make_manager,
    make_programme,
    make_round,
    make_user,
)
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db


def edit_url(person: User) -> str:
    task = tasks_for(person)[0]
    return reverse("mentoring_evaluation:evaluation_edit", args=[task.round.pk, task.pair.pk])


def coordinator_of(group: MentoringGroup) -> User:
    return group.cohort.memberships.get(role=Role.COORDINATOR).user


def whole_form(person: User, step: int = 4) -> dict[str, str]:
    questions = tasks_for(person)[0].round.version.sections.values_list("questions__code", "questions__kind")
    return {f"q-{code}": str(step) if kind == "scale" else "" for code, kind in questions}


def test_attach_forms_gives_a_programme_one_form_for_each_side():
    programme = make_programme()

    for _time in range(2):
        actions.attach_forms(programme, at=AUTUMN)

    assert list(EvaluationForm.objects.order_by("role").values_list("role", flat=True)) == ["mentee", "mentor"]


def test_shipped_forms_ask_about_all_six_aspects():
    for form in actions.attach_forms(make_programme(), at=AUTUMN):
        version = form.questionnaire.versions.get()

        aspects = version.sections.exclude(questions__aspect=SELF).values("questions__aspect")
        assert aspects.distinct().count() == 6


def test_open_round_asks_each_role_and_writes_the_journal():
    group = make_finished_group()

    rounds = actions.open_round(group.cohort, actor=None, moment=Moment.FINAL, at=AUTUMN)

    assert sorted(found.role for found in rounds) == ["mentee", "mentor"]
    assert rounds[0].due_at == AUTUMN + timedelta(days=14)
    assert Entry.objects.filter(verb="started", object_text__contains="After").count() == 2
    assert set(Notice.objects.filter(kind="evaluation.opened").values_list("recipient", flat=True)) == {
        person.pk for person in group.people()
    }


def test_open_round_needs_a_group_that_has_finished():
    with pytest.raises(errors.NobodyToAsk):
        actions.open_round(make_cohort(), actor=None, moment=Moment.FINAL, at=AUTUMN)


def test_open_round_twice_keeps_the_first():
    group = make_round()

    actions.open_round(group.cohort, actor=None, moment=Moment.FINAL, at=AUTUMN + timedelta(days=9))

    assert set(EvaluationRound.objects.values_list("opened_at", flat=True)) == {AUTUMN + timedelta(hours=3)}


def test_group_that_has_sessions_to_come_is_not_asked():
    group = make_finished_group()
    group.sessions.update(state="planned", registered_at=None, registered_by=None)

    assert actions.evaluate_finished_group(group, actor=None, at=AUTUMN) == []


def test_second_group_to_finish_answers_in_the_same_round_and_has_its_own_time():
    first = make_round()
    second = make_finished_group(first.cohort)
    second.sessions.update(registered_at=AUTUMN + timedelta(days=30))

    actions.evaluate_finished_group(second, actor=None, at=AUTUMN + timedelta(days=30))

    assert EvaluationRound.objects.count() == 2
    assert tasks_for(second.mentor)[0].due == AUTUMN + timedelta(days=44)


def test_pair_members_evaluate_each_other():
    group = make_round(make_finished_group(mentees=2))
    mentor, first, second = group.people()

    assert [task.other for task in tasks_for(first)] == [mentor]
    assert {task.other for task in tasks_for(mentor)} == {first, second}


def test_evaluation_stands_in_the_agenda_until_it_is_handed_in():
    mentee = make_round().people()[1]

    before = agenda_for(mentee, AUTUMN)
    make_evaluation(mentee)
    after = agenda_for(mentee, AUTUMN)

    assert [item.url for item in before if item.key.startswith("evaluation:")] == [edit_url(mentee)]
    assert [item for item in after if item.key.startswith("evaluation:")] == []


def test_hand_in_tells_the_coordinator():
    group = make_round()

    make_evaluation(group.people()[1])

    assert Notice.objects.filter(kind="evaluation.handed_in").get().recipient == coordinator_of(group)


def test_results_put_the_weakest_aspect_first_and_count_people():
    group = make_round()
    _mentor, first, second = group.people()
    make_evaluation(first, {"tools-worked": 1, "tools-time": 2}, scale=5)
    make_evaluation(second, scale=4)

    mentees = next(figures for figures in results_of(group.cohort) if figures.round.role == "mentee")

    weakest = mentees.rows[0]
    assert (weakest.label, weakest.is_weakest, weakest.people) == ("Tools and timeframe", True, 2)
    assert [count for _words, count in weakest.steps] == [1, 1, 0, 2, 0]
    assert weakest.mean == pytest.approx(2.75)


def test_results_of_one_cohort_leave_out_the_others():
    here, elsewhere = make_round(), make_round(make_finished_group(make_cohort()))
    make_evaluation(elsewhere.people()[1])

    assert [figures.handed_in for figures in results_of(here.cohort)] == [0, 0]


def test_evidence_has_figures_and_quotes_without_names():
    group = make_round()
    mentee = group.people()[1]
    User.objects.filter(pk=group.mentor.pk).update(first_name="Eleni", last_name="Papa")
    make_evaluation(mentee, {"way-words": "Eleni Papa had no aim for the day. Eleni!"}, scale=3)

    rows = list(rows_for([group.cohort.pk]))

    quotes = [row for row in rows if row.quote]
    assert [(row.aspect, row.quote) for row in quotes] == [("methodology", "[…] had no aim for the day. […]!")]
    assert {row.strength for row in rows if not row.quote} == {0.5}
    assert all(row.author_ids == (mentee.pk,) for row in rows)


def test_export_has_a_sheet_a_form_and_one_that_explains():
    group = make_round()
    make_evaluation(group.people()[1], {"all-words": "=1+1"})

    book = load_workbook(BytesIO(actions.export_results(group.cohort, actor=coordinator_of(group), at=AUTUMN)))

    sheet = book["Mentee – final"]
    row = dict(zip([cell.value for cell in sheet[1]], [cell.value for cell in sheet[2]], strict=True))
    assert book.sheetnames[-1] == "About the columns"
    assert row["respondent"] == str(group.people()[1])
    assert row["mentor-listens"] == 4
    assert row["all-words"] == "'=1+1"
    assert Entry.objects.get(verb="exported").actor == coordinator_of(group)


def test_export_needs_an_answer():
    with pytest.raises(errors.NothingHandedIn):
        actions.export_results(make_round().cohort, actor=make_user(), at=AUTUMN)


def test_page_says_beforehand_who_sees_the_answers(client: Client):
    mentee = make_round().people()[1]
    client.force_login(mentee)

    response = client.get(edit_url(mentee))

    assert response.status_code == 200
    assert "Your mentor sees only how sure you feel now" in response.content.decode()


def test_saving_keeps_a_draft_that_comes_back(client: Client):
    mentee = make_round().people()[1]
    client.force_login(mentee)

    answered = client.post(edit_url(mentee), {"q-mentor-words": "Patient.", "draft": "1"})

    assert answered.status_code == 302
    assert tasks_for(mentee)[0].is_draft
    assert "Patient." in client.get(edit_url(mentee)).content.decode()


def test_wrong_input_names_the_question_and_loses_nothing(client: Client):
    mentee = make_round().people()[1]
    client.force_login(mentee)

    answered = client.post(edit_url(mentee), {"q-mentor-words": "Patient.", "q-mentor-listens": "5"})

    page = answered.content.decode()
    assert answered.status_code == 422
    assert "Please answer this question." in page
    assert "Patient." in page
    assert actions.answers_kept(tasks_for(mentee)[0]) == {"mentor-words": "Patient.", "mentor-listens": 5}


def test_handing_in_leads_to_what_happens_next(client: Client):
    mentee = make_round().people()[1]
    client.force_login(mentee)
    url = edit_url(mentee)

    answered = client.post(url, whole_form(mentee), follow=True)

    assert "What happens next" in answered.content.decode()
    assert Response.objects.get().state == Response.State.SUBMITTED
    assert client.get(url).status_code == 302


def test_own_answers_can_be_read_later(client: Client):
    mentee = make_round().people()[1]
    make_evaluation(mentee, {"all-words": "Thank you all."})
    client.force_login(mentee)

    page = client.get(edit_url(mentee) + "answers/").content.decode()

    assert "Thank you all." in page
    assert "Mostly" in page


def test_evaluation_of_another_pair_is_not_found(client: Client):
    _mentor, first, second = make_round(make_finished_group(mentees=2)).people()
    client.force_login(second)

    assert client.get(edit_url(first)).status_code == 404


def test_list_leads_to_what_is_open_and_what_is_done(client: Client):
    group = make_round(make_finished_group(mentees=2))
    make_evaluation(group.mentor)
    client.force_login(group.mentor)

    page = client.get(reverse("mentoring_evaluation:evaluation_list")).content.decode()

    assert "For you to fill in" in page
    assert "Handed in" in page


def test_list_asks_as_often_for_three_as_for_one(client: Client):
    mentor = make_user()
    cohort = make_cohort()
    client.force_login(mentor)

    def make() -> None:
        group = make_round(make_finished_group(cohort, mentees=1))
        group.mentor = mentor
        group.save()

    assert_same_queries(lambda: client.get(reverse("mentoring_evaluation:evaluation_list")), make)


def test_coordinator_reads_comments_and_downloads(client: Client):
    group = make_round()
    make_evaluation(group.people()[1], {"all-words": "More time, please."})
    client.force_login(coordinator_of(group))

    page = client.get(reverse("mentoring_evaluation:result_detail", args=[group.cohort.pk])).content.decode()
    book = client.post(reverse("mentoring_evaluation:result_export", args=[group.cohort.pk]))

    assert "More time, please." in page

    assert page.count('class="chart"') == 1
    assert book["Content-Disposition"].startswith('attachment; filename="evaluation-')


def test_manager_sees_figures_and_no_comments(client: Client):
    group = make_round()
    make_evaluation(group.people()[1], {"all-words": "More time, please."})
    client.force_login(make_manager(group.cohort.organisation))

    page = client.get(reverse("mentoring_evaluation:result_detail", args=[group.cohort.pk]))

    assert page.status_code == 200
    assert "More time, please." not in page.content.decode()
    assert client.post(reverse("mentoring_evaluation:result_export", args=[group.cohort.pk])).status_code == 403


def test_export_of_nothing_says_so(client: Client):
    group = make_round()
    client.force_login(coordinator_of(group))

    answered = client.post(reverse("mentoring_evaluation:result_export", args=[group.cohort.pk]), follow=True)

    assert "Nobody has handed in an evaluation yet." in answered.content.decode()


def test_results_ask_as_often_for_three_answers_as_for_one(client: Client):
    group = make_round(make_finished_group(mentees=3))
    client.force_login(make_coordinator(group.cohort))
    people = iter(group.people()[1:])

    url = reverse("mentoring_evaluation:result_detail", args=[group.cohort.pk])

    assert_same_queries(
        lambda: client.get(url),
        lambda: make_evaluation(next(people), {"all-words": "Fine."}),
    )
