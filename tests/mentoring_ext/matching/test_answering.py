from dataclasses import replace

import pytest
from django.urls import reverse

from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.privacy.models import Reading
from mentoring_ext.groups.actions import leave_group
from mentoring_ext.groups.models import GroupMember, MentoringGroup
from mentoring_ext.matching import errors
from mentoring_ext.matching.actions import publish_run, run_matching
from mentoring_ext.matching.actions.answering import accept_request, decline_request
from mentoring_ext.matching.actions.asking import ask_for_change
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.models import MatchRequest, PairRule
from mentoring_ext.matching.rematching import plan_for
from mentoring_ext.profiles.models import MenteeProfile, MentorProfile
from mentoring_ext.programmes.models import Role
from tests import make
from tests.mentoring_ext.matching.conftest import AT, SECRET, add_mentee, add_mentor, begin_sessions
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db


def homes():
    return {m.user_id: m.group_id for m in GroupMember.objects.present()}


def test_two_people_move_where_all_places_are_taken(asked, groups, mentees):
    plan = plan_for(asked, AT)

    assert plan.is_possible
    assert plan.optimal
    assert plan.fewest == 2
    movers = {step.mentee for step in plan.steps}
    assert len(movers) == 2
    assert mentees[0] in movers
    assert movers & set(mentees[2:])
    assert plan.change < 0


def test_one_moves_where_there_is_a_free_place_even_when_two_moves_score_higher(cohort, asked, groups, mentees):
    free = add_mentor(cohort, capacity=1, interests=["cooking"])

    plan = plan_for(asked, AT)

    assert [(step.mentee, step.mentor, step.group) for step in plan.steps] == [(mentees[0], free, None)]


def test_who_would_be_alone_is_said_and_nobody_moves_for_it(client, cohort, asked, groups, mentees):
    other = add_mentor(cohort, capacity=2, interests=["music"])

    plan = plan_for(asked, AT)
    page = client.get(reverse("mentoring_matching:request_detail", args=[cohort.pk, asked.pk]))

    assert [(step.mentee, step.mentor) for step in plan.steps] == [(mentees[0], other)]
    assert plan.alone == [(mentees[0], other), (mentees[1], groups[0].mentor)]
    assert f"{mentees[0]} would then be alone with {other}." in page.content.decode()


def test_the_answer_tells_of_other_requests_about_who_would_move(client, cohort, asked, groups, mentees):
    (other,) = {step.mentee for step in plan_for(asked, AT).steps} - {mentees[0]}
    address = reverse("mentoring_matching:request_detail", args=[cohort.pk, asked.pk])
    before = client.get(address).content.decode()
    second = ask_for_change(groups[1], other, actor=other, kind="hours", words="Never at the same time.", at=AT)

    after = client.get(address).content.decode()

    assert second.get_absolute_url() not in before
    assert second.get_absolute_url() in after
    assert f"Another request about {other} waits, too." in after


def test_an_answer_without_a_proof_says_so(client, asked, coordinator, monkeypatch):
    plan = plan_for(asked, AT)
    monkeypatch.setattr("mentoring_ext.matching.reports.answer.plan_for", lambda *_: replace(plan, optimal=False))
    client.force_login(coordinator)

    text = client.get(asked.get_absolute_url()).content.decode()

    assert "At least 2 people have to move." in text
    assert "With fewer moves it cannot be done" not in text


def test_accepting_moves_people_and_keeps_history(asked, coordinator, groups, mentees, mentors):
    agreement = make.make_agreement(groups[0])
    before = homes()
    Notice.objects.all().delete()

    accept_request(asked, actor=coordinator, at=AT, seen=plan_for(asked, AT).key)

    now = homes()
    moved = [key for key in now if now[key] != before[key]]
    assert len(moved) == 2
    assert now[mentees[0].pk] == groups[1].pk
    assert GroupMember.objects.get(group=groups[0], user=mentees[0]).left_at == AT
    there = groups[1].room.memberships.filter(left_at=None)
    assert set(there.values_list("user_id", flat=True)) == {person.pk for person in groups[1].people()}
    asked.refresh_from_db()
    assert (asked.state, asked.answered_by, len(asked.moves)) == ("accepted", coordinator, 2)
    assert Entry.objects.get(verb="accepted").data == {"moves": asked.moves}
    assert PairRule.objects.get(kind="vetoed").mentee == mentees[0]
    assert not any(SECRET in notice.text for notice in Notice.objects.all())
    told = set(Notice.objects.filter(kind__in=["group_changed", "group_opened"]).values_list("recipient", flat=True))
    assert told == {person.pk for person in [*mentors, *mentees]}
    parties = agreement.parties.values_list("user_id", flat=True)
    assert set(parties) == {person.pk for person in groups[0].people()}


def test_a_mentor_asks_and_the_pair_is_excluded(coordinator, groups, mentees, mentors):
    asked = ask_for_change(groups[0], mentees[1], actor=mentors[0], kind="goals", words="x", at=AT)

    accept_request(asked, actor=coordinator, at=AT)

    assert PairRule.objects.get().kind == "forbidden"
    assert homes()[mentees[1].pk] == groups[1].pk


def test_a_group_that_becomes_empty_is_closed_and_a_new_one_opens(cohort, coordinator):
    old = add_mentor(cohort, capacity=1)
    mentee = add_mentee(cohort)
    publish_run(run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT), actor=coordinator, at=AT)
    new = add_mentor(cohort, capacity=1)
    group = MentoringGroup.objects.get()
    asked = ask_for_change(group, mentee, actor=mentee, kind="hours", words="x", at=AT)

    accept_request(asked, actor=coordinator, at=AT)

    assert MentoringGroup.objects.get(mentor=old).is_closed
    assert MentoringGroup.objects.get(mentor=new).people() == [new, mentee]


def test_groups_in_session_3_stay_as_they_are(cohort, asked, groups):
    begin_sessions(groups[1], 3)

    plan = plan_for(asked, AT)

    assert not plan.is_possible


def test_without_another_place_nobody_moves(asked, coordinator, groups):
    begin_sessions(groups[1], 3)

    with pytest.raises(errors.NoOtherPlace):
        accept_request(asked, actor=coordinator, at=AT)


def test_the_second_coordinator_hears_that_it_is_answered(cohort, asked, coordinator):
    other = make.make_member(cohort, Role.COORDINATOR)
    seen = plan_for(asked, AT).key
    stale = MatchRequest.objects.select_related("group__cohort").get(pk=asked.pk)
    accept_request(asked, actor=coordinator, at=AT, seen=seen)

    with pytest.raises(errors.AlreadyAnswered):
        accept_request(stale, actor=other, at=AT, seen=seen)
    with pytest.raises(errors.AlreadyAnswered):
        decline_request(stale, actor=other, answer="No.", at=AT)


def test_another_plan_than_the_one_seen_is_not_carried_out(cohort, asked, coordinator):
    seen = plan_for(asked, AT).key
    add_mentor(cohort, capacity=1)

    with pytest.raises(errors.PlanChanged):
        accept_request(asked, actor=coordinator, at=AT, seen=seen)


def test_who_left_meanwhile_is_not_moved(asked, coordinator, groups, mentees):
    leave_group(groups[0], mentees[0], actor=coordinator, at=AT)

    with pytest.raises(errors.NotInThisGroup):
        accept_request(asked, actor=coordinator, at=AT)


def test_declining_tells_only_who_asked(asked, coordinator, mentees):
    Notice.objects.all().delete()
    with pytest.raises(errors.ReasonMissing):
        decline_request(asked, actor=coordinator, answer=" ", at=AT)

    decline_request(asked, actor=coordinator, answer="Nobody else speaks Greek.", at=AT)

    assert [notice.recipient for notice in Notice.objects.all()] == [mentees[0]]
    assert Entry.objects.filter(verb="declined").exists()


def test_the_coordinator_answers_on_pages(client, cohort, asked, coordinator, mentees):
    client.force_login(coordinator)
    listed = client.get(reverse("mentoring_matching:request_list", args=[cohort.pk]))
    assert SECRET.encode() not in listed.content
    page = client.get(asked.get_absolute_url())
    assert b"2 people move" in page.content
    assert SECRET.encode() in page.content
    assert Reading.objects.get(about=mentees[0]).reader == coordinator
    decline = reverse("mentoring_matching:request_decline", args=[cohort.pk, asked.pk])
    assert client.post(decline, {"answer": ""}).status_code == 422
    accept = reverse("mentoring_matching:request_accept", args=[cohort.pk, asked.pk])
    client.post(accept, {"seen": "another"})
    asked.refresh_from_db()
    assert asked.is_waiting
    client.post(accept, {"seen": plan_for(asked, AT).key})
    asked.refresh_from_db()
    assert asked.state == "accepted"
    assert b"2 people moved" in client.get(reverse("mentoring_matching:request_list", args=[cohort.pk])).content
    assert client.get(asked.get_absolute_url()).status_code == 200


def test_who_answers_too_late_is_told_and_keeps_the_words(client, cohort, coordinator, asked):
    accept_request(asked, actor=coordinator, at=AT)
    client.force_login(coordinator)

    address = reverse("mentoring_matching:request_decline", args=[cohort.pk, asked.pk])
    page = client.post(address, {"answer": "Let us look for an hour first."})

    assert page.status_code == 422
    text = page.content.decode()
    assert str(errors.AlreadyAnswered().text) in text
    assert "Let us look for an hour first." in text
    assert "<textarea" not in text


def test_the_list_of_requests_takes_the_same_queries(client, cohort, coordinator, asked, groups, mentees, mentors):
    client.force_login(coordinator)
    address = reverse("mentoring_matching:request_list", args=[cohort.pk])
    rest = iter([(groups[0], mentees[1]), (groups[1], mentees[2]), (groups[1], mentees[3])])

    def ask_once_more():
        group, mentee = next(rest)
        ask_for_change(group, mentee, actor=mentee, kind="goals", words="x", at=AT)

    assert_same_queries(lambda: client.get(address), ask_once_more)


def test_nobody_moves_because_a_group_lost_its_common_hour(groups, mentees):
    """The second group has no hour in common any more; the answer to a request of the first leaves it together."""
    MenteeProfile.objects.filter(user=mentees[2]).update(availability=[9, 10])
    MenteeProfile.objects.filter(user=mentees[3]).update(availability=[33, 34])
    MentorProfile.objects.filter(user=groups[1].mentor).update(availability=[9, 10, 33, 34], capacity=3)
    asked = ask_for_change(groups[0], mentees[0], actor=mentees[0], kind="contact", words=SECRET, at=AT)
    MenteeProfile.objects.filter(user=mentees[0]).update(availability=[9, 10])

    plan = plan_for(asked, AT)

    assert [step.mentee for step in plan.steps] == [mentees[0]]
    assert plan.left == []


def test_the_history_keeps_what_was_accepted_after_publishing(client, cohort, asked, coordinator, groups):
    plan = plan_for(asked, AT)
    accept_request(asked, actor=coordinator, at=AT, seen=plan.key)

    page = client.get(reverse("mentoring_matching:run_history", args=[cohort.pk]))

    assert [row.pk for row in page.context["accepted"]] == [asked.pk]
    assert "Somebody asked for another match: 2 people moved" in page.content.decode()


def test_who_asked_hears_that_the_request_was_accepted_and_who_it_is_now(asked, coordinator, groups, mentees):
    Notice.objects.all().delete()

    accept_request(asked, actor=coordinator, at=AT)

    notice = Notice.objects.get(kind="match_answered")
    mentor = groups[1].mentor
    assert notice.recipient == mentees[0]
    assert notice.text == f"Your request for another match was accepted. Your mentor is {mentor} now."
    assert notice.url == groups[1].get_absolute_url()


def test_a_mentor_who_asked_hears_that_the_mentee_moved(coordinator, groups, mentees, mentors):
    asked = ask_for_change(groups[0], mentees[1], actor=mentors[0], kind="goals", words="x", at=AT)

    accept_request(asked, actor=coordinator, at=AT)

    notice = Notice.objects.get(kind="match_answered")
    assert notice.recipient == mentors[0]
    assert notice.text == f"Your request was accepted: {mentees[1]} has another mentor now."


def test_whose_own_request_is_answered_by_the_move_of_another_hears_it_too(asked, coordinator, groups, mentees):
    (other,) = {step.mentee for step in plan_for(asked, AT).steps} - {mentees[0]}
    ask_for_change(groups[1], other, actor=other, kind="hours", words="Never at the same time.", at=AT)

    accept_request(asked, actor=coordinator, at=AT)

    told = Notice.objects.filter(kind="match_answered").values_list("recipient", flat=True)
    assert set(told) == {mentees[0].pk, other.pk}


def test_the_published_groups_say_who_moved_since(client, cohort, asked, coordinator, groups, mentees):
    run = cohort.match_runs.get()
    before = client.get(run.get_absolute_url()).context["moved_since"]
    plan = plan_for(asked, AT)
    accept_request(asked, actor=coordinator, at=AT)

    page = client.get(run.get_absolute_url())

    moved = {(row.mentee, row.former, row.mentor) for row in page.context["moved_since"]}
    assert before == []
    assert moved == {(step.mentee, step.former.mentor, step.mentor) for step in plan.steps}
    assert f"{mentees[0]}: from {groups[0].mentor} to {groups[1].mentor}" in page.content.decode()
    assert asked.get_absolute_url() in page.content.decode()


def test_the_answers_whole_is_the_difference_of_the_scores_beside_it(client, asked, coordinator):
    answer = client.get(asked.get_absolute_url()).context["answer"]

    assert answer.change == f"{sum(move.after - move.before for move in answer.moves):+}".replace("-", "−")
