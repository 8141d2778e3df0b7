"""Sessions of a former group: who was there reads on, what was written since is not for them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lms.people.models import User
from mentoring_ext.groups.actions import change_mentor, join_group, leave_group
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.programmes.models import Role
from mentoring_ext.sessions.models import Session
from tests import make
from tests.own_data import own_data

AT = make.JANUARY


@pytest.fixture
def group(db: None) -> MentoringGroup:
    return make.make_group()


@pytest.fixture
def sessions(group: MentoringGroup) -> list[Session]:
    return make.make_sessions(group)


@pytest.fixture
def moved(group: MentoringGroup, sessions: list[Session]) -> tuple[User, MentoringGroup]:
    """A mentee who was in the group for its first session, and is in another one since; and that other group."""
    mentee = group.people()[1]
    make.register(sessions[0], occurrences="We quarrelled.")
    make.register(sessions[1], attendance=dict.fromkeys(group.people()[1:], True))
    leave_group(group, mentee, actor=group.mentor, at=sessions[1].starts_at + timedelta(hours=3))
    other = make.make_group(group.cohort, mentees=1)
    join_group(other, mentee, actor=group.mentor, at=sessions[1].starts_at + timedelta(hours=4))
    return mentee, other


def test_who_moved_reads_the_forms_of_sessions_of_then_and_nothing_more(client, sessions, group, moved):
    mentee, other = moved
    make.register(sessions[2])
    client.force_login(mentee)

    pages = [client.get(session.get_absolute_url()) for session in sessions]
    lists = [client.get(reverse("mentoring_sessions:session_list", args=[each.pk])) for each in (group, other)]

    assert [page.status_code for page in pages] == [200, 200, 404]
    assert "We quarrelled." in pages[0].content.decode()
    assert f'href="{group.get_absolute_url()}"' not in pages[0].content.decode()
    assert [page.status_code for page in lists] == [404, 200]
    assert list(lists[1].context["elsewhere"]) == sessions[:2]
    assert client.get(group.get_absolute_url()).status_code == 404


def test_what_is_written_into_a_form_later_is_not_for_who_left(client, sessions, group, moved):
    mentee, _other = moved
    later = sessions[1].starts_at + timedelta(days=5)
    attendance = dict.fromkeys([mentee, *group.people()[1:]], True)
    make.register(sessions[0], description="Since then all is well.", attendance=attendance, at=later)
    client.force_login(mentee)

    page = client.get(sessions[0].get_absolute_url()).content.decode()

    assert "Since then all is well." not in page
    assert "changed after you had left" in page


def test_a_former_mentor_reads_the_forms_that_they_wrote(client, sessions, group):
    former, coordinator = group.mentor, make.make_member(group.cohort, Role.COORDINATOR)
    make.register(sessions[0])
    make.register(sessions[1], actor=coordinator)
    new = make.make_member(group.cohort, Role.MENTOR)
    change_mentor(group, mentor=new, actor=coordinator, at=AT)
    group.cohort.memberships.filter(user=coordinator).update(state="left")

    found = {}
    for person in (former, coordinator):
        client.force_login(person)
        found[person] = [client.get(session.get_absolute_url()).status_code for session in sessions[:2]]

    assert found == {former: [200, 404], coordinator: [404, 404]}
    client.force_login(former)
    assert client.get(reverse("mentoring_sessions:session_register", args=[sessions[0].pk])).status_code == 403


def test_who_left_the_cohort_reads_no_forms_any_more_and_keeps_the_own_data(client, sessions, group, moved):
    mentee, other = moved
    leave_group(other, mentee, actor=group.mentor, at=sessions[1].ends_at + timedelta(days=1))
    client.force_login(mentee)
    before = client.get(sessions[0].get_absolute_url()).status_code

    group.cohort.memberships.filter(user=mentee).update(state="left")

    assert before == 200
    assert [client.get(each.get_absolute_url()).status_code for each in sessions[:2]] == [404, 404]
    assert len(own_data(mentee, "sessions")["attendance"]) == 2


def test_who_completed_the_cohort_reads_on(client, sessions, group, moved):
    mentee, _other = moved
    group.cohort.memberships.filter(user=mentee).update(state="completed")
    client.force_login(mentee)

    assert client.get(sessions[0].get_absolute_url()).status_code == 200
