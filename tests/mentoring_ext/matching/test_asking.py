import pytest
from django.urls import reverse

from lms.agenda.actions import agenda_for
from lms.journal.models import Entry
from lms.notices.models import Notice
from mentoring_ext.groups.actions import close_group, join_group, leave_group
from mentoring_ext.groups.errors import AlreadyInGroup, GroupClosed, NotInGroup, WrongSize
from mentoring_ext.matching import errors
from mentoring_ext.matching.actions.asking import ask_for_change, confirm_match, withdraw_request
from mentoring_ext.matching.models import Confirmation, MatchRequest
from mentoring_ext.matching.privacy import erase
from tests import make
from tests.mentoring_ext.matching.conftest import AT, SECRET, begin_sessions
from tests.own_data import own_data

pytestmark = pytest.mark.django_db


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
