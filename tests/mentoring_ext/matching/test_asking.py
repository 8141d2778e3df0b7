from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from lms.agenda.actions import agenda_for
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.privacy.models import Reading
from mentoring_ext.groups.actions import close_group, join_group, leave_group
from mentoring_ext.groups.errors import AlreadyInGroup, GroupClosed, NotInGroup, WrongSize
from mentoring_ext.groups.models import GroupMember, MentoringGroup
from mentoring_ext.matching import errors
from mentoring_ext.matching.actions import publish_run, run_matching
from mentoring_ext.matching.actions.answering import accept_request, decline_request
from mentoring_ext.matching.actions.asking import ask_for_change, confirm_match, withdraw_request
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.models import Confirmation, MatchRequest, PairRule
from mentoring_ext.matching.privacy import erase
from mentoring_ext.matching.rematching import plan_for
from mentoring_ext.profiles.models import MenteeProfile, MentorProfile
from mentoring_ext.programmes.models import Role
from tests import make
from tests.own_data import own_data
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db

AT = datetime(2026, 2, 2, 12, tzinfo=UTC)
SECRET = "He never lets me speak."


def add(cohort, role, **fields):
    user = make.make_member(cohort, role)
    maker = make.make_mentor_profile if role == Role.MENTOR else make.make_mentee_profile
    maker(user=user, **fields)
    return user


@pytest.fixture
def cohort():
    return make.make_cohort()


@pytest.fixture
def coordinator(cohort, client):
    user = make.make_coordinator(cohort, first_name="Cora")
    client.force_login(user)
    return user


@pytest.fixture
def mentors(cohort):
    """Two mentors with two places each: one likes music, one likes games."""
    return [add(cohort, Role.MENTOR, capacity=2, interests=[code]) for code in ("music", "games")]


@pytest.fixture
def mentees(cohort, mentors):
    """Two who like music and two who like games: all places are taken."""
    return [add(cohort, Role.MENTEE, interests=[code]) for code in ("music", "music", "games", "games")]


@pytest.fixture
def groups(cohort, coordinator, mentors, mentees):
    publish_run(run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT), actor=coordinator, at=AT)
    return [MentoringGroup.objects.get(mentor=mentor) for mentor in mentors]


@pytest.fixture
def asked(groups, mentees):
    return ask_for_change(groups[0], mentees[0], actor=mentees[0], kind="contact", words=SECRET, at=AT)


def begin_sessions(group, number, at=AT):
    """Give the group its dates so that session ``number`` begins at ``at``."""
    return make.make_sessions(group, first_at=at - timedelta(weeks=number - 1))


def homes():
    return {m.user_id: m.group_id for m in GroupMember.objects.present()}


def test_both_sides_confirm(groups, mentees):
    group = groups[0]

    for person in group.people():
        confirm_match(group, actor=person, at=AT)
        confirm_match(group, actor=person, at=AT)

    assert Confirmation.objects.filter(group=group).count() == 3
    assert Entry.objects.filter(verb="confirmed").count() == 3


def test_the_agenda_asks_each_person_once(groups, mentees):
    def keys(person):
        return [item.key for item in agenda_for(person, AT) if item.key.startswith("match-")]

    assert keys(mentees[0]) == [f"match-{groups[0].pk}"]
    confirm_match(groups[0], actor=mentees[0], at=AT)
    assert keys(mentees[0]) == []


def test_a_stranger_cannot_confirm(groups, mentees):
    with pytest.raises(errors.NotInThisGroup):
        confirm_match(groups[0], actor=mentees[2], at=AT)


def test_confirming_takes_the_own_request_back(asked, mentees):
    confirm_match(asked.group, actor=mentees[0], at=AT)

    asked.refresh_from_db()
    assert asked.state == MatchRequest.State.WITHDRAWN


def test_asking_tells_the_coordinators_without_the_reason(asked, coordinator, mentors):
    notice = Notice.objects.get(kind="match_asked")

    assert notice.recipient == coordinator
    assert SECRET not in notice.text
    assert Entry.objects.get(verb="proposed").object == asked
    assert SECRET not in str(Entry.objects.get(verb="proposed").data)
    assert f"match-request-{asked.pk}" in [item.key for item in agenda_for(coordinator, AT)]


def test_asking_needs_words_the_own_group_and_one_request(asked, groups, mentees, mentors):
    with pytest.raises(errors.ReasonMissing):
        ask_for_change(groups[1], mentees[2], actor=mentees[2], kind="hours", words=" ", at=AT)
    with pytest.raises(errors.NotInThisGroup):
        ask_for_change(groups[0], mentees[1], actor=mentees[0], kind="hours", words="x", at=AT)
    with pytest.raises(errors.NotInThisGroup):
        ask_for_change(groups[0], mentees[2], actor=mentors[0], kind="hours", words="x", at=AT)
    with pytest.raises(errors.AskedAlready):
        ask_for_change(groups[0], mentees[0], actor=mentees[0], kind="hours", words="x", at=AT)


def test_in_session_2_one_can_ask_and_from_session_3_on_not(groups, mentees):
    begin_sessions(groups[0], 2)
    ask_for_change(groups[0], mentees[0], actor=mentees[0], kind="hours", words="x", at=AT)

    begin_sessions(groups[1], 3)
    with pytest.raises(errors.TooLateToChange):
        ask_for_change(groups[1], mentees[2], actor=mentees[2], kind="hours", words="x", at=AT)
    with pytest.raises(errors.TooLateToChange):
        confirm_match(groups[1], actor=mentees[2], at=AT)


def test_nothing_changes_without_a_published_pairing_or_in_a_closed_group(groups, mentees, coordinator):
    by_hand = make.make_group()
    with pytest.raises(errors.NotPublished):
        confirm_match(by_hand, actor=by_hand.mentor, at=AT)
    close_group(groups[0], actor=coordinator, at=AT, because="over")
    with pytest.raises(GroupClosed):
        confirm_match(groups[0], actor=mentees[0], at=AT)


def test_a_request_is_taken_back_once(asked, mentees):
    withdraw_request(asked, actor=mentees[0], at=AT)

    with pytest.raises(errors.AlreadyAnswered):
        withdraw_request(asked, actor=mentees[0], at=AT)


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
    free = add(cohort, Role.MENTOR, capacity=1, interests=["cooking"])

    plan = plan_for(asked, AT)

    assert [(step.mentee, step.mentor, step.group) for step in plan.steps] == [(mentees[0], free, None)]


def test_who_would_be_alone_is_said_and_nobody_moves_for_it(client, cohort, asked, groups, mentees):
    other = add(cohort, Role.MENTOR, capacity=2, interests=["music"])

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
    old = add(cohort, Role.MENTOR, capacity=1)
    mentee = add(cohort, Role.MENTEE)
    publish_run(run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT), actor=coordinator, at=AT)
    new = add(cohort, Role.MENTOR, capacity=1)
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
    add(cohort, Role.MENTOR, capacity=1)

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


def test_leaving_and_joining_check_the_group(coordinator, groups, mentees):
    with pytest.raises(NotInGroup):
        leave_group(groups[0], mentees[2], actor=coordinator, at=AT)
    with pytest.raises(AlreadyInGroup):
        join_group(groups[0], mentees[2], actor=coordinator, at=AT)
    leave_group(groups[0], mentees[0], actor=coordinator, at=AT)
    programme = groups[1].cohort.programme
    programme.group_size = 2
    programme.save()
    with pytest.raises(WrongSize):
        join_group(groups[1], mentees[0], actor=coordinator, at=AT)
    member = join_group(groups[0], mentees[0], actor=coordinator, at=AT)
    assert member.left_at is None


def test_people_confirm_and_ask_on_pages(client, groups, mentees, mentors):
    group = groups[0]
    client.force_login(mentees[0])
    assert b"Confirm my match" in client.get(group.get_absolute_url()).content
    client.post(reverse("mentoring_matching:match_confirm", args=[group.pk]))
    ask = reverse("mentoring_matching:match_ask", args=[group.pk])
    wrong = client.post(ask, {"kind": "hours", "words": ""})
    assert wrong.status_code == 422
    assert b"Write what makes you ask." in wrong.content
    client.post(ask, {"kind": "hours", "words": "Never free."})
    page = client.get(reverse("mentoring_matching:match_say", args=[group.pk]))
    assert b"Your coordinator will answer" in page.content

    client.force_login(mentors[0])
    page = client.get(group.get_absolute_url()).content
    assert b"Never free" not in page
    assert client.post(ask, {"kind": "hours", "words": "x"}).status_code == 422
    request = MatchRequest.objects.get()
    assert client.post(reverse("mentoring_matching:request_withdraw", args=[request.pk])).status_code == 404
    client.force_login(mentees[0])
    client.post(reverse("mentoring_matching:request_withdraw", args=[request.pk]))
    request.refresh_from_db()
    assert request.state == "withdrawn"


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


def test_requests_are_exported_and_erased(asked, mentees, mentors):
    confirm_match(asked.group, actor=mentors[0], at=AT)
    assert SECRET in str(own_data(mentees[0], "pairing"))
    assert SECRET not in str(own_data(mentors[0], "pairing"))

    erase(mentees[0])
    erase(mentors[0])

    assert not MatchRequest.objects.exists()
    assert not Confirmation.objects.exists()


def test_the_page_says_why_nobody_can_ask(client, coordinator, groups, mentees):
    def said(group, person):
        client.force_login(person)
        return client.get(reverse("mentoring_matching:match_ask", args=[group.pk])).content.decode()

    begin_sessions(groups[0], 3)
    close_group(groups[1], actor=coordinator, at=AT, because="over")
    by_hand = make.make_group()

    assert "Session 3 has begun" in said(groups[0], mentees[0])
    assert str(GroupClosed.text) in said(groups[1], groups[1].mentor).replace("&#x27;", "'")
    assert "did not come from a pairing" in said(by_hand, by_hand.mentor)


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
