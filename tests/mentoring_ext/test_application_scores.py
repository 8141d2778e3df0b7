"""Reviewers: criteria, assignments, scorecards, and agreeing."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from lms.agenda.actions import agenda_for
from lms.journal.models import Entry
from lms.notices.models import Notice
from mentoring_ext.applications import actions, errors
from mentoring_ext.applications.models import Assignment, Criterion, ReviewPlan, Scorecard, Stage
from mentoring_ext.applications.reports import standings_of
from mentoring_ext.applications.scoring import deal, difference, mean, weighted_mean
from mentoring_ext.programmes.models import Role
from tests.make import (
    make_application,
    make_assignment,
    make_call,
    make_coordinator,
    make_member,
    make_trainer,
    make_user,
)
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 25, 10, tzinfo=UTC)


def url(name, *args):
    return reverse(f"mentoring_applications:{name}", args=args)


def marked(application, person, values, *, hand_in=True):
    criteria = Criterion.objects.filter(call=application.call)
    marks = {row.pk: (value, "") for row, value in zip(criteria, values, strict=True)}
    return actions.save_scorecard(application, actor=person, marks=marks, comment="", hand_in=hand_in, at=NOW)


def planned(call, reviewers=2):
    return actions.change_plan(
        call, actor=None, reviewers=reviewers, due_on=None, large_difference=2, questions="Why?", at=NOW
    )


@pytest.fixture
def application():
    application = make_application()
    planned(application.call)
    return application


@pytest.fixture
def coordinator(application):
    return make_coordinator(application.call.cohort)


def test_weighted_mean_counts_each_mark_as_heavy_as_its_criterion():
    assert weighted_mean({1: 4, 2: 1}, {1: 3, 2: 1}) == 3.25
    assert weighted_mean({}, {}) == 0.0


def test_difference_and_mean_need_marks():
    assert (difference([3]), difference([1, 4, 3]), mean([]), mean([1.0, 2.0])) == (None, 3, None, 1.5)


def test_deal_gives_everybody_about_as_many_and_nobody_the_same_twice():
    dealt = deal([1, 2, 3], {7: 0, 8: 0, 9: 1}, {1: {7}}, 2)

    assert all(len({person for found, person in dealt if found == key}) == (1 if key == 1 else 2) for key in (1, 2, 3))
    assert sorted([person for _key, person in dealt].count(person) for person in (7, 8, 9)) == [1, 2, 2]


def test_a_call_starts_with_the_shipped_criteria_once():
    call = make_call()

    actions.start_plan(call)

    assert [(row.name, row.weight) for row in Criterion.objects.filter(call=call)] == [
        ("Availability", 3),
        ("Motivation", 3),
        ("Competences", 3),
        ("Digital experience", 2),
        ("Cultural sector", 1),
    ]


def test_looking_at_a_call_makes_no_plan(client: Client, application, coordinator):
    ReviewPlan.objects.all().delete()
    client.force_login(coordinator)

    pages = [client.get(url(name, application.call_id)) for name in ("review_plan", "reviewer_assign", "call_board")]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert not ReviewPlan.objects.exists()


def test_criteria_are_added_moved_changed_and_removed(application, coordinator):
    call = application.call
    added = actions.add_criterion(call, actor=coordinator, name="Humour", text="", weight=1, at=NOW)
    actions.move_criterion(added, actor=coordinator, up=True, at=NOW)
    first = Criterion.objects.filter(call=call)[0]
    marked(application, coordinator, [1, 1, 1, 1, 1, 1], hand_in=False)

    actions.remove_criterion(first, actor=coordinator, at=NOW)

    names = list(Criterion.objects.filter(call=call).values_list("name", flat=True))
    assert names == ["Motivation", "Competences", "Digital experience", "Humour", "Cultural sector"]
    assert set(Entry.objects.filter(actor=coordinator).values_list("verb", flat=True)) == {
        "created",
        "changed",
        "deleted",
    }


def test_criteria_stay_once_a_scorecard_is_handed_in(application, coordinator):
    marked(application, coordinator, [1, 2, 3, 4, 0])
    criterion = Criterion.objects.filter(call=application.call)[0]
    deeds = [
        lambda: actions.add_criterion(application.call, actor=coordinator, name="x", text="", weight=1, at=NOW),
        lambda: actions.remove_criterion(criterion, actor=coordinator, at=NOW),
        lambda: actions.change_criterion(criterion, actor=coordinator, name="x", text="", weight=9, at=NOW),
    ]

    for deed in deeds:
        with pytest.raises(errors.CriteriaInUse):
            deed()
    kept = actions.change_criterion(criterion, actor=coordinator, name="Time", text="", weight=3, at=NOW)
    assert kept.name == "Time"


def test_assign_deals_evenly_and_tells(application, coordinator):
    call, trainer = application.call, make_trainer()
    mentor = make_member(call.cohort, Role.MENTOR)
    for _number in range(2):
        make_application(call=call)

    made = actions.assign_reviewers(call, actor=coordinator, people=[coordinator, trainer, mentor], due_on=None, at=NOW)
    again = actions.assign_reviewers(
        call, actor=coordinator, people=[coordinator, trainer, mentor], due_on=None, at=NOW
    )

    assert (len(made), again) == (6, [])
    assert {Assignment.objects.filter(user=person).count() for person in (coordinator, trainer, mentor)} == {2}
    assert Notice.objects.get(recipient=trainer).kind == "review_wanted"


def test_assign_refuses_strangers_applicants_and_too_few(application, coordinator):
    call = application.call
    applicant = make_trainer()
    make_application(call=call, user=applicant)

    for people in ([make_user(), coordinator], [applicant, coordinator]):
        with pytest.raises(errors.CannotReview):
            actions.assign_reviewers(call, actor=coordinator, people=people, due_on=None, at=NOW)
    with pytest.raises(errors.TooFewReviewers):
        actions.assign_reviewers(call, actor=coordinator, people=[coordinator], due_on=None, at=NOW)


def test_a_draft_can_be_handed_in_when_every_mark_is_there(application, coordinator):
    marked(application, coordinator, [4, None, 2, 2, 2], hand_in=False)

    with pytest.raises(errors.MarksMissing):
        marked(application, coordinator, [4, None, 2, 2, 2])
    card = marked(application, coordinator, [4, 4, 2, 1, 0])

    assert (card.total, card.scores.count()) == (pytest.approx((12 + 12 + 6 + 2) / 12), 5)
    assert Entry.objects.get(verb="rated").object == application
    with pytest.raises(errors.HandedInAlready):
        marked(application, coordinator, [1, 1, 1, 1, 1])


def test_a_decided_application_takes_no_marks(coordinator, application):
    application.stage = Stage.DECLINED
    application.save()

    with pytest.raises(errors.AlreadyDecided):
        marked(application, coordinator, [1, 1, 1, 1, 1])


def test_the_second_reviewer_sees_the_first_ones_marks_after_handing_in(client: Client, application, coordinator):
    trainer = make_assignment(application, user=make_trainer()).user
    marked(application, coordinator, [4, 4, 4, 4, 4])
    client.force_login(trainer)

    before = client.get(application.get_absolute_url())
    marked(application, trainer, [1, 4, 4, 4, 4])
    after = client.get(application.get_absolute_url())

    assert before.context["marks"] is None
    assert [row["difference"] for row in after.context["marks"]["rows"]] == [3, 0, 0, 0, 0]
    assert "The reviewers differ a lot" in after.content.decode()


def test_a_reviewer_reads_just_the_applications_asked_for(client: Client, application):
    other = make_application(call=application.call)
    client.force_login(make_assignment(application, user=make_trainer()).user)

    answers = [client.get(found.get_absolute_url()).status_code for found in (application, other)]
    refused = client.get(url("application_accept", application.pk)).status_code
    board = client.get(url("call_board", application.call_id)).status_code

    assert (answers, refused, board) == ([200, 404], 403, 404)


def test_a_large_difference_is_told_and_ends_by_agreeing(application, coordinator):
    trainer = make_assignment(application, user=make_trainer()).user
    with pytest.raises(errors.NotYetTwo):
        actions.agree_on_score(application, actor=trainer, marks={}, comment="", at=NOW)
    marked(application, coordinator, [4, 4, 4, 4, 4])
    marked(application, trainer, [1, 4, 4, 4, 4])
    criteria = Criterion.objects.filter(call=application.call)

    told = Notice.objects.filter(recipient=coordinator, kind="review_wanted").count()
    actions.agree_on_score(
        application, actor=trainer, marks={row.pk: (3, "") for row in criteria}, comment="We talked.", at=NOW
    )

    standing = standings_of([application.pk], 2)[application.pk]
    assert (told, standing.score, standing.to_agree, standing.difference) == (1, 3.0, False, 3)


def test_scorecard_page_keeps_what_was_typed_and_asks_for_missing_marks(client: Client, application, coordinator):
    client.force_login(coordinator)
    first = Criterion.objects.filter(call=application.call)[0]
    address = url("scorecard_edit", application.pk)

    wrong = client.post(address, {f"mark_{first.pk}": "3", "comment": "So far", "hand_in": "1"})
    draft = client.post(address, {f"mark_{first.pk}": "3", "comment": "So far", "draft": "1"})

    assert (wrong.status_code, len(wrong.context["form"].errors)) == (422, 4)
    assert wrong.context["form"]["comment"].value() == "So far"
    assert (draft.status_code, Scorecard.objects.get().handed_in_at) == (302, None)


def test_agenda_names_the_reviews_with_their_day(application):
    trainer = make_assignment(application, user=make_trainer(), due_on=date(2026, 10, 1)).user

    (item,) = [found for found in agenda_for(trainer, NOW) if found.key.startswith("reviews-")]

    assert (item.title, item.due and item.due.date()) == ("Review 1 application", date(2026, 10, 1))


def test_my_reviews_asks_the_same_for_one_and_three(client: Client, application, coordinator):
    client.force_login(coordinator)

    assert_same_queries(
        lambda: client.get(url("review_list")),
        lambda: make_assignment(make_application(call=application.call), user=coordinator),
    )


@pytest.mark.parametrize(("name", "field"), [("review_plan", "reviewers"), ("criterion_new", "name")])
def test_plan_pages_answer_beside_the_field(client: Client, application, coordinator, name, field):
    client.force_login(coordinator)

    response = client.post(url(name, application.call_id), {field: ""})

    assert response.status_code == 422
    assert field in response.context["form"].errors
