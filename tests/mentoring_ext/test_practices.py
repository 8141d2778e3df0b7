import pytest
from django.test import Client
from django.urls import reverse

from lms.agenda.actions import agenda_for
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people.models import OrganisationMembership, User
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.practices import actions, errors
from mentoring_ext.practices.models import Practice
from mentoring_ext.practices.template import PARTS
from mentoring_ext.practices.wagtail_hooks import _erase, _rows_for
from tests.make import AUTUMN, make_finished_group, make_manager, make_practice, make_user
from tests.own_data import own_data
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
State = Practice.State
GALLERY = "/practices/"


def manager_of(practice: Practice) -> User:
    found = OrganisationMembership.objects.filter(organisation=practice.organisation).first()
    return found.user if found else make_manager(practice.organisation)


def begin(group: MentoringGroup, *co_authors: User) -> Practice:
    return actions.begin_practice(
        group, actor=group.mentor, title="One aim", aspect="methodology", co_authors=co_authors, at=AUTUMN
    )


def whole_form(**fields: str) -> dict[str, str]:
    parts = {part.name: f"About {part.name}." for part in PARTS}
    return {"title": "One aim", "aspect": "methodology"} | parts | fields


def test_begin_practice_makes_a_draft_that_both_may_write():
    group = make_finished_group()
    mentee = group.people()[1]

    practice = begin(group, mentee)

    assert practice.state == State.DRAFT
    assert set(practice.authors.all()) == {group.mentor, mentee}
    assert Notice.objects.get(kind="practices.co_author").recipient == mentee
    assert Entry.objects.filter(verb="created", object_text="One aim").count() == 1


def test_begin_practice_refuses_authors_from_elsewhere():
    with pytest.raises(errors.NotInGroup):
        begin(make_finished_group(), make_user())


def test_save_practice_keeps_what_is_written():
    practice = make_practice()

    actions.save_practice(practice, actor=make_user(), written={"context": "A workshop."}, at=AUTUMN)

    assert Practice.objects.get().context == "A workshop."


@pytest.mark.parametrize("state", [State.SUBMITTED, State.PUBLISHED])
def test_save_practice_refuses_what_was_handed_in(state: str):
    practice = make_practice(state=state, published_at=AUTUMN)

    with pytest.raises(errors.PracticeClosed):
        actions.save_practice(practice, actor=make_user(), written={}, at=AUTUMN)


def test_submit_practice_tells_the_managers():
    practice = make_practice()
    manager = manager_of(practice)

    actions.submit_practice(practice, actor=practice.authors.get(), at=AUTUMN)

    assert Practice.objects.get().state == State.SUBMITTED
    assert Notice.objects.get(kind="practices.waiting").recipient == manager
    assert Entry.objects.filter(verb="applied").count() == 1


def test_submit_practice_names_the_first_part_that_is_empty():
    practice = make_practice(problem=" ", result="")

    with pytest.raises(errors.PartsMissing) as caught:
        actions.submit_practice(practice, actor=make_user(), at=AUTUMN)

    assert caught.value.field == "problem"


def test_submit_practice_twice_is_refused():
    with pytest.raises(errors.PracticeClosed):
        actions.submit_practice(make_practice(state=State.SUBMITTED), actor=make_user(), at=AUTUMN)


def test_publish_practice_puts_it_into_the_gallery():
    practice = make_practice(state=State.SUBMITTED)

    actions.publish_practice(practice, actor=manager_of(practice), at=AUTUMN)

    assert list(Practice.objects.published()) == [practice]
    assert Notice.objects.get(kind="practices.decided").recipient == practice.authors.get()
    assert Entry.objects.filter(verb="published", object_type__model="practice").count() == 1


def test_return_practice_opens_it_again_with_a_remark():
    practice = make_practice(state=State.SUBMITTED)

    actions.return_practice(practice, actor=manager_of(practice), remark="Say who.", at=AUTUMN)

    assert (practice.is_open, practice.remark) == (True, "Say who.")
    assert Notice.objects.filter(kind="practices.decided").count() == 1
    assert Entry.objects.filter(verb="declined").count() == 1


def test_return_practice_needs_a_remark():
    with pytest.raises(errors.RemarkMissing):
        actions.return_practice(make_practice(state=State.SUBMITTED), actor=make_user(), remark=" ", at=AUTUMN)


def test_only_a_practice_that_waits_is_decided():
    practice = make_practice()

    with pytest.raises(errors.NotWaiting):
        actions.publish_practice(practice, actor=make_user(), at=AUTUMN)
    with pytest.raises(errors.NotWaiting):
        actions.return_practice(practice, actor=make_user(), remark="Why?", at=AUTUMN)


def test_gallery_shows_published_practices_to_everybody(client: Client):
    make_practice(title="Draft of mine")
    make_practice(title="One aim a day", state=State.PUBLISHED)

    page = client.get(GALLERY).content.decode()

    assert "One aim a day" in page
    assert "Draft of mine" not in page


def test_gallery_keeps_to_one_aspect(client: Client):
    make_practice(title="About tools", state=State.PUBLISHED)
    make_practice(title="About trust", aspect="relationship", state=State.PUBLISHED)

    page = client.get(GALLERY, {"about": "relationship"}).content.decode()

    assert "About trust" in page
    assert "About tools" not in page


def test_gallery_asks_as_often_for_three_as_for_one(client: Client):
    group = make_finished_group()

    assert_same_queries(
        lambda: client.get(GALLERY), lambda: make_practice(group, state=State.PUBLISHED, names_shown=True)
    )


def test_detail_names_authors_only_when_they_agreed(client: Client):
    hidden = make_practice(state=State.PUBLISHED)
    shown = make_practice(hidden.group, state=State.PUBLISHED, names_shown=True)
    author = str(shown.authors.get())

    assert author not in client.get(hidden.get_absolute_url()).content.decode()
    assert author in client.get(shown.get_absolute_url()).content.decode()


def test_draft_is_not_found_by_others(client: Client):
    practice = make_practice()
    client.force_login(manager_of(practice))

    assert client.get(practice.get_absolute_url()).status_code == 404


def test_mentor_begins_by_the_form(client: Client):
    group = make_finished_group()
    client.force_login(group.mentor)
    typed = {"title": "One aim", "aspect": "tools", "group": group.pk, "co_authors": [group.people()[1].pk]}

    answered = client.post(reverse("mentoring_practices:practice_create"), typed)

    practice = Practice.objects.get()
    assert answered["Location"] == reverse("mentoring_practices:practice_edit", args=[practice.pk])


def test_beginning_with_wrong_input_keeps_what_was_typed(client: Client):
    group = make_finished_group()
    client.force_login(group.mentor)

    answered = client.post(reverse("mentoring_practices:practice_create"), {"title": "One aim"})

    assert answered.status_code == 422
    assert 'value="One aim"' in answered.content.decode()


def test_mentee_may_not_begin(client: Client):
    client.force_login(make_finished_group().people()[1])

    assert client.get(reverse("mentoring_practices:practice_create")).status_code == 403


def test_draft_may_be_incomplete(client: Client):
    practice = make_practice()
    client.force_login(practice.authors.get())
    url = reverse("mentoring_practices:practice_edit", args=[practice.pk])

    answered = client.post(url, {"title": "One aim", "context": "In a workshop.", "draft": "1"})

    practice.refresh_from_db()
    assert answered["Location"] == url
    assert (practice.context, practice.problem, practice.state) == ("In a workshop.", "", State.DRAFT)


def test_handing_in_an_incomplete_practice_keeps_it_as_a_draft(client: Client):
    practice = make_practice()
    client.force_login(practice.authors.get())

    answered = client.post(
        reverse("mentoring_practices:practice_edit", args=[practice.pk]), whole_form(problem="", context="In a hall.")
    )

    practice.refresh_from_db()
    assert answered.status_code == 422
    assert "Please write a few words here" in answered.content.decode()
    assert (practice.context, practice.state) == ("In a hall.", State.DRAFT)


def test_handing_in_leads_to_the_practice(client: Client):
    practice = make_practice()
    client.force_login(practice.authors.get())

    answered = client.post(reverse("mentoring_practices:practice_edit", args=[practice.pk]), whole_form())

    practice.refresh_from_db()
    assert answered["Location"] == practice.get_absolute_url()
    assert practice.state == State.SUBMITTED


def test_manager_publishes(client: Client):
    practice = make_practice(state=State.SUBMITTED, submitted_at=AUTUMN)
    client.force_login(manager_of(practice))

    waiting = client.get(reverse("mentoring_practices:practice_waiting")).content.decode()
    client.post(reverse("mentoring_practices:practice_publish", args=[practice.pk]))

    practice.refresh_from_db()
    assert practice.title in waiting
    assert practice.state == State.PUBLISHED


def test_manager_returns_with_a_remark_or_is_asked_for_one(client: Client):
    practice = make_practice(state=State.SUBMITTED, submitted_at=AUTUMN)
    client.force_login(manager_of(practice))
    url = reverse("mentoring_practices:practice_return", args=[practice.pk])

    assert client.post(url, {"remark": ""}).status_code == 422
    assert client.post(url, {"remark": "Say who."}).status_code == 302


def test_manager_of_another_organisation_does_not_find_it(client: Client):
    practice = make_practice(state=State.SUBMITTED)
    client.force_login(make_manager(make_practice().organisation))

    assert client.post(reverse("mentoring_practices:practice_publish", args=[practice.pk])).status_code == 404


def test_author_does_not_review_the_own_practice(client: Client):
    practice = make_practice(state=State.SUBMITTED)
    manager = manager_of(practice)
    practice.authors.add(manager)
    client.force_login(manager)

    assert client.post(reverse("mentoring_practices:practice_publish", args=[practice.pk])).status_code == 403


@pytest.mark.parametrize("name", ["practice_mine", "practice_waiting"])
def test_lists_ask_as_often_for_three_as_for_one(client: Client, name: str):
    group = make_finished_group()
    manager = make_manager(group.cohort.organisation)
    client.force_login(group.mentor if name == "practice_mine" else manager)
    url = reverse(f"mentoring_practices:{name}")

    assert_same_queries(
        lambda: client.get(url), lambda: make_practice(group, state=State.SUBMITTED, submitted_at=AUTUMN)
    )


def test_agenda_asks_the_mentor_after_the_last_session_and_then_the_manager():
    group = make_finished_group()
    before = [item.key for item in agenda_for(group.mentor, AUTUMN)]
    practice = make_practice(group, state=State.SUBMITTED)
    manager = manager_of(practice)

    assert f"practice:begin:{group.pk}" in before
    assert f"practice:begin:{group.pk}" not in [item.key for item in agenda_for(group.mentor, AUTUMN)]
    assert f"practice:review:{practice.pk}" in [item.key for item in agenda_for(manager, AUTUMN)]


def test_published_practices_are_evidence():
    practice = make_practice(state=State.PUBLISHED)
    make_practice(practice.group)

    (row,) = _rows_for([practice.organisation.cohorts.get().pk])

    assert (row.aspect, row.title, row.strength) == ("tools", practice.title, None)


def test_erase_takes_the_draft_and_leaves_the_gallery():
    published = make_practice(state=State.PUBLISHED)
    draft = make_practice(published.group)
    mentor = draft.authors.get()

    exported = own_data(mentor, "practices")
    _erase(mentor)

    assert len(exported["practice"]) == 2
    assert list(Practice.objects.all()) == [published]
    assert published.authors.count() == 0
