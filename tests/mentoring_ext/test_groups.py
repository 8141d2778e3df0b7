"""Groups: opening, their space, documents, closing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from forum.boards.models import Board
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people.models import User
from mentoring_ext.groups import actions, errors
from mentoring_ext.groups.models import Document, GroupMember, MentoringGroup
from mentoring_ext.programmes.models import Cohort, CohortMembership, Phase, Requirement, Role
from tests import make
from tests.mentoring_ext.test_programmes import make_training
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
AT = make.JANUARY
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


@pytest.fixture
def cohort() -> Cohort:
    return make.make_cohort(phase=Phase.Code.MATCHING)


@pytest.fixture
def group(cohort: Cohort) -> MentoringGroup:
    return make.make_group(cohort)


def upload(name: str = "plan.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_open_group_gives_room_and_board_to_its_members_only(cohort):
    mentor, mentee = make.make_member(cohort, Role.MENTOR), make.make_member(cohort, Role.MENTEE)
    coordinator = make.make_member(cohort, Role.COORDINATOR)

    group = actions.open_group(cohort, mentor=mentor, mentees=[mentee], actor=coordinator, at=AT)

    assert {member.user for member in group.room.memberships.all()} == {mentor, mentee}
    assert {member.user for member in group.board.memberships.all()} == {mentor, mentee}
    assert group.board.access == Board.Access.CLOSED
    assert Entry.objects.filter(verb="created", object_text=group.name, context_id=cohort.pk).exists()
    told = Notice.objects.filter(kind="group_opened").values_list("recipient", flat=True)
    assert set(told) == {mentor.pk, mentee.pk}


def test_open_group_starts_the_introduction(cohort):
    group = make.make_group(cohort)

    group.cohort.refresh_from_db()
    assert group.cohort.phase.code == Phase.Code.INTRODUCTION


def test_open_group_counts_names_of_one_mentor(cohort):
    first = make.make_group(cohort)

    second = make.make_group(cohort, mentor=first.mentor)

    assert second.name == f"{first.name} (2)"


@pytest.mark.parametrize("mentees", [0, 4])
def test_open_group_refuses_a_wrong_size(cohort, mentees):
    with pytest.raises(errors.WrongSize):
        make.make_group(cohort, mentees=mentees)


def test_open_group_refuses_people_of_other_cohorts(cohort):
    with pytest.raises(errors.NotInCohort):
        make.make_group(cohort, mentor=make.make_user())


def test_open_group_refuses_who_has_not_done_the_training(cohort):
    course = make_training(cohort.programme)
    step = course.get_children().first()
    Requirement.objects.create(cohort=cohort, role=Role.MENTOR, course=course, activity_id=step.pk)

    with pytest.raises(errors.NotReady):
        make.make_group(cohort)


def test_open_group_refuses_a_mentee_twice(group):
    other = make.make_member(group.cohort, Role.MENTOR)
    mentee = group.people()[1]

    with pytest.raises(errors.AlreadyInGroup):
        actions.open_group(group.cohort, mentor=other, mentees=[mentee], actor=other, at=AT)


def test_close_group_completes_its_mentees(group):
    for session in make.make_sessions(group):
        make.register(session)

    actions.close_group(group, actor=make.make_user(), at=AT)

    states = group.cohort.memberships.filter(role=Role.MENTEE).values_list("state", flat=True)
    assert set(states) == {CohortMembership.State.COMPLETED}
    assert Entry.objects.filter(verb="completed", object_id=group.pk, object_text=group.name).exists()


def test_close_group_before_the_last_session_needs_a_reason(group):
    make.make_sessions(group)

    with pytest.raises(errors.SessionsMissing):
        actions.close_group(group, actor=make.make_user(), at=AT)


def test_close_group_with_a_reason_leaves_mentees_where_they_are(group):
    closed = actions.close_group(group, actor=make.make_user(), at=AT, because="The mentor fell ill.")

    states = group.cohort.memberships.filter(role=Role.MENTEE).values_list("state", flat=True)
    assert (closed.state, set(states)) == (MentoringGroup.State.CLOSED, {CohortMembership.State.ACTIVE})


def test_closed_group_takes_nothing_more(group):
    closed = actions.close_group(group, actor=make.make_user(), at=AT, because="Enough.")

    with pytest.raises(errors.GroupClosed):
        actions.close_group(closed, actor=make.make_user(), at=AT)
    with pytest.raises(errors.GroupClosed):
        actions.add_document(closed, actor=group.mentor, title="Plan", upload=upload(), at=AT)


def test_add_document_tells_the_others(group):
    document = actions.add_document(group, actor=group.mentor, title="Plan", upload=upload(), at=AT)

    told = Notice.objects.filter(kind="document_added").values_list("recipient", flat=True)
    assert set(told) == {person.pk for person in group.people()[1:]}
    assert Entry.objects.filter(verb="uploaded", object_text=document.title).exists()


def test_finished_groups_have_registered_all_sessions(group):
    sessions = make.make_sessions(group)
    for session in sessions[:-1]:
        make.register(session)
    assert not MentoringGroup.objects.finished().exists()

    make.register(sessions[-1])

    assert list(MentoringGroup.objects.finished()) == [group]


def test_group_without_sessions_is_not_finished(group):
    assert not MentoringGroup.objects.finished().exists()


def test_visible_to_members_and_coordinators_only(group):
    cohort = group.cohort
    coordinator = make.make_member(cohort, Role.COORDINATOR)
    left = group.people()[-1]
    GroupMember.objects.filter(user=left).update(left_at=AT)
    others = [
        left,
        make.make_member(cohort, Role.MENTEE),
        make.make_manager(cohort.organisation),
        make.make_administrator(),
    ]

    seeing = [user for user in (*group.people(), coordinator) if MentoringGroup.objects.visible_to(user).exists()]
    assert seeing == [*group.people(), coordinator]
    assert [user for user in others if MentoringGroup.objects.visible_to(user).exists()] == []


# Pages


@pytest.fixture
def browser(client: Client, group: MentoringGroup) -> Client:
    client.force_login(group.mentor)
    return client


def page(client: Client, user: User, url: str) -> str:
    client.force_login(user)
    return client.get(url).content.decode()


def test_space_leads_to_chat_forum_and_sessions(browser, group):
    make.make_sessions(group)

    text = browser.get(group.get_absolute_url()).content.decode()

    for url in (group.room.get_absolute_url(), group.board.get_absolute_url()):
        assert url in text
    assert text.count('class="bead ') == 3


def test_space_hides_what_belongs_to_members_from_the_coordinator(client, group):
    coordinator = make.make_member(group.cohort, Role.COORDINATOR)
    actions.add_document(group, actor=group.mentor, title="Secret plan", upload=upload(), at=AT)

    text = page(client, coordinator, group.get_absolute_url())

    assert "Secret plan" not in text
    assert group.room.get_absolute_url() not in text
    assert "Close this group" in text


def test_space_reads_as_often_for_many_documents(browser, group):
    first = actions.add_document(group, actor=group.mentor, title="Plan", upload=upload(), at=AT)

    def make_one() -> None:
        Document.objects.create(group=group, file=first.file, title="Plan", added_by=group.mentor, added_at=AT)

    assert_same_queries(lambda: browser.get(group.get_absolute_url()), make_one)


def test_group_list_reads_as_often_for_many(client, cohort):
    mentor = make.make_member(cohort, Role.MENTOR)
    make.make_group(cohort, mentor=mentor)
    client.force_login(mentor)

    url = reverse("mentoring_groups:group_list")
    assert_same_queries(lambda: client.get(url), lambda: make.make_group(cohort, mentor=mentor))


def test_group_list_of_one_leads_there(browser, group):
    response = browser.get(reverse("mentoring_groups:group_list"))

    assert response["Location"] == group.get_absolute_url()


def test_document_is_downloaded_by_members_and_hidden_from_others(client, group):
    document = actions.add_document(group, actor=group.mentor, title="Plan", upload=upload(), at=AT)
    url = reverse("mentoring_groups:document_download", args=[document.pk])

    client.force_login(group.people()[1])
    assert b"".join(client.get(url).streaming_content) == PDF
    client.force_login(make.make_member(group.cohort, Role.COORDINATOR))
    assert client.get(url).status_code == 404


def test_document_add_refuses_a_programme(browser, group):
    url = reverse("mentoring_groups:document_add", args=[group.pk])

    response = browser.post(url, {"title": "Game", "upload": upload("game.pdf", b"MZ\x90\x00")})

    assert response.status_code == 422
    assert response.context["form"]["title"].value() == "Game"
    assert not Document.objects.exists()


def test_document_add_keeps_a_file(browser, group):
    browser.post(reverse("mentoring_groups:document_add", args=[group.pk]), {"title": "Plan", "upload": upload()})

    assert [document.title for document in group.documents.all()] == ["Plan"]


def test_close_asks_for_the_reason(client, group):
    client.force_login(make.make_member(group.cohort, Role.COORDINATOR))
    url = reverse("mentoring_groups:close", args=[group.pk])

    response = client.post(url, {"because": ""})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["because"]


def test_mentor_cannot_close_the_group(browser, group):
    assert browser.get(reverse("mentoring_groups:close", args=[group.pk])).status_code == 403


def test_card_shows_the_group_on_the_first_page(client, group):
    make.make_sessions(group)

    assert group.name in page(client, group.people()[1], reverse("lms_agenda:home"))
