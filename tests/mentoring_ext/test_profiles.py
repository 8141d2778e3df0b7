from datetime import UTC, datetime

import pytest
from django.urls import reverse

from lms.agenda.actions import agenda_for
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people.models import User
from lms.privacy.actions import has_consent
from mentoring_ext.profiles import actions, privacy
from mentoring_ext.profiles.errors import AlreadyAnswered, AlreadyInvited, AlreadyMentor, NotCompleted
from mentoring_ext.profiles.models import GraduateInvitation, MenteeProfile, MentorProfile, SensitiveDetails
from mentoring_ext.profiles.steps import unfinished
from mentoring_ext.profiles.wording import free_hours_in_words
from mentoring_ext.programmes.models import CohortMembership, Role
from tests import make
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db

AT = datetime(2026, 9, 3, 12, tzinfo=UTC)
MENTEE = "mentoring_profiles:mentee_sheet"
MENTOR = "mentoring_profiles:mentor_sheet"


@pytest.fixture
def mentee(client):
    user = make.make_member(make.make_cohort(), Role.MENTEE)
    client.force_login(user)
    return user


@pytest.fixture
def coordinator(client):
    user = make.make_coordinator(make.make_cohort())
    client.force_login(user)
    return user


def staff_organisation(coordinator):
    return coordinator.cohort_memberships.get().cohort.organisation


LAST_STEP = {"mixed_gender": "yes", "consent": "on", "finish": ""}


def test_a_step_is_saved_as_draft_and_leads_to_the_next(client, mentee):
    response = client.post(reverse(MENTEE), {"goals": "A shop", "next": ""})

    assert response.headers["Location"] == reverse(f"{MENTEE}_step", args=[2])
    sheet = MenteeProfile.objects.get(user=mentee)
    assert (sheet.goals, sheet.state, sheet.objectives) == ("A shop", "draft", [])


def test_a_draft_keeps_what_is_right_when_something_else_is_wrong(client, mentee):
    url = reverse(f"{MENTEE}_step", args=[5])

    response = client.post(url, {"mixed_gender": "yes", "birth_year": "85", "sensitive_consent": "on", "stay": ""})

    assert response.status_code == 422
    assert response.context["form"].errors["birth_year"] == ["Write the year with four figures, such as 1985."]
    assert 'value="85"' in response.content.decode()
    assert MenteeProfile.objects.get(user=mentee).mixed_gender == "yes"


def test_a_step_does_not_empty_the_others(client, mentee):
    make.make_mentee_profile(user=mentee, state="draft")

    client.post(reverse(f"{MENTEE}_step", args=[2]), {"level_content": "3", "area": "arts.music", "next": ""})

    sheet = MenteeProfile.objects.get(user=mentee)
    assert (sheet.digital_level, sheet.area) == ({"content": 3}, "arts.music")
    assert sheet.languages == ["el", "en"]


def test_finishing_names_every_step_that_lacks_something(client, mentee):
    response = client.post(reverse(f"{MENTEE}_step", args=[5]), LAST_STEP)

    assert response.status_code == 422
    assert [number for number, _step, _errors in response.context["missing"]] == [1, 2, 3, 4]
    assert MenteeProfile.objects.get(user=mentee).state == "draft"


def test_finishing_a_full_sheet_completes_it(client, mentee):
    make.make_mentee_profile(user=mentee, state="draft")

    response = client.post(reverse(f"{MENTEE}_step", args=[5]), LAST_STEP)

    sheet = MenteeProfile.objects.get(user=mentee)
    assert response.headers["Location"] == reverse("lms_agenda:home")
    assert sheet.is_complete and has_consent(mentee, "matching")
    assert Entry.objects.get(verb="completed").object == sheet
    assert unfinished(sheet) == []


def test_a_complete_sheet_takes_no_wrong_change(client, mentee):
    make.make_mentee_profile(user=mentee)

    response = client.post(reverse(f"{MENTEE}_step", args=[4]), {"languages": ["el"], "next": ""})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"first_language", "availability", "online"}
    assert MenteeProfile.objects.get(user=mentee).first_language == "el"


@pytest.mark.parametrize(
    ("step", "data", "field", "error"),
    [
        (4, {"availability": ["9", "34"]}, "availability", "Tick two hours in a row on at least one day."),
        (4, {"in_person": "on"}, "place", "Write your town, so that we find somebody near you."),
        (5, {"mixed_gender": "no"}, "gender", "Tell your gender, so that we can find a mentor of the same."),
        (5, {"culture": "Roma"}, "sensitive_consent", "Tick this box, or leave the personal details empty."),
        (5, {}, "consent", "We can only find a match with your agreement."),
    ],
)
def test_a_complete_sheet_says_beside_the_field_what_is_wrong(client, mentee, step, data, field, error):
    make.make_mentee_profile(user=mentee)

    response = client.post(reverse(f"{MENTEE}_step", args=[step]), data)

    assert response.status_code == 422
    assert response.context["form"].errors[field] == [error]


def test_personal_details_stand_apart_and_go_with_the_consent(client, mentee):
    make.make_mentee_profile(user=mentee)
    url = reverse(f"{MENTEE}_step", args=[5])

    client.post(url, {**LAST_STEP, "birth_year": "1985", "gender": "woman", "sensitive_consent": "on"})
    kept, agreed = SensitiveDetails.objects.get(user=mentee), has_consent(mentee, "sensitive")
    client.post(url, LAST_STEP)

    assert (kept.birth_year, kept.gender, agreed) == (1985, "woman", True)
    assert not SensitiveDetails.objects.filter(user=mentee).exists()


def test_a_step_that_does_not_exist_is_not_found(client, mentee):
    assert client.get(reverse(f"{MENTEE}_step", args=[6])).status_code == 404


def test_a_mentor_of_a_cohort_enters_the_database_with_the_finished_sheet(client):
    user = make.make_member(make.make_cohort(), Role.MENTOR)
    make.make_mentor_profile(user=user, state="draft", entered_at=None)
    client.force_login(user)

    client.post(reverse(f"{MENTOR}_step", args=[5]), {"consent": "on", "finish": ""})

    profile = MentorProfile.objects.get(user=user)
    assert profile.is_complete and profile.entered_at is not None


def test_enter_mentor_keeps_what_is_known_and_asks_for_the_sheet():
    user = make.make_user()

    profile = actions.enter_mentor(user, origin="external", actor=None, at=AT, known={"headline": "Baker"})
    again = actions.enter_mentor(user, origin="graduate", actor=None, at=AT)

    assert (profile.origin, profile.headline, profile.entered_at) == ("external", "Baker", AT)
    assert again == profile and again.origin == "external"
    assert Entry.objects.get(verb="joined").object == profile
    assert [item.key for item in agenda_for(user, AT)] == ["sheet-mentor"]
    assert Notice.objects.get(recipient=user).url == reverse(MENTOR)


def make_graduate(cohort=None, **fields):
    user = make.make_member(cohort or make.make_cohort(), Role.MENTEE, **fields)
    user.cohort_memberships.update(state=CohortMembership.State.COMPLETED)
    return user


def test_a_graduate_says_yes_and_stands_in_the_database_with_the_sheet():
    graduate, coordinator = make_graduate(), make.make_user()
    make.make_mentee_profile(user=graduate, interests=["games"])

    invitation = actions.invite_graduate(graduate, actor=coordinator, at=AT)
    profile = actions.accept_graduate_invitation(invitation, actor=graduate, at=AT)

    assert (profile.origin, profile.interests, profile.state) == ("graduate", ["games"], "draft")
    assert profile.entered_at == AT
    assert Notice.objects.filter(recipient=coordinator, kind="graduate_answered").count() == 1


def test_a_graduate_may_say_no_and_be_asked_again():
    graduate = make_graduate()
    invitation = actions.invite_graduate(graduate, actor=make.make_user(), at=AT)

    actions.decline_graduate_invitation(invitation, actor=graduate, at=AT)
    again = actions.invite_graduate(graduate, actor=make.make_user(), at=AT)

    assert again.answered_at is None
    assert not MentorProfile.objects.filter(user=graduate).exists()


def test_invitations_keep_their_rules():
    graduate, actor = make_graduate(), make.make_user()

    with pytest.raises(NotCompleted):
        actions.invite_graduate(make.make_user(), actor=actor, at=AT)
    invitation = actions.invite_graduate(graduate, actor=actor, at=AT)
    with pytest.raises(AlreadyInvited):
        actions.invite_graduate(graduate, actor=actor, at=AT)
    actions.accept_graduate_invitation(invitation, actor=graduate, at=AT)
    with pytest.raises(AlreadyAnswered):
        actions.decline_graduate_invitation(invitation, actor=graduate, at=AT)
    with pytest.raises(AlreadyMentor):
        actions.invite_graduate(graduate, actor=actor, at=AT)


def test_a_coordinator_invites_and_the_graduate_answers_on_pages(client, coordinator):
    graduate = make_graduate(coordinator.cohort_memberships.get().cohort)
    url = reverse("mentoring_profiles:graduate_list")

    shown = client.get(url).context["graduates"]
    client.post(url, {"user": graduate.pk})
    client.force_login(graduate)
    response = client.post(reverse("mentoring_profiles:graduate_invitation"), {"answer": "yes"})

    assert list(shown) == [graduate]
    assert response.headers["Location"] == reverse(MENTOR)
    assert MentorProfile.objects.get(user=graduate).origin == "graduate"


def test_a_coordinator_cannot_invite_the_graduate_of_another_organisation(client, coordinator):
    graduate = make_graduate()

    response = client.post(reverse("mentoring_profiles:graduate_list"), {"user": graduate.pk})

    assert response.status_code == 404
    assert not GraduateInvitation.objects.exists()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Bo", "Ada"]),
        ("q=ada", ["Ada"]),
        ("q=baker+bo", ["Bo"]),
        ("competence=arts", ["Ada"]),
        ("language=sv", ["Bo"]),
        ("country=SE&origin=in_house", ["Bo"]),
        ("country=SE&origin=graduate", []),
    ],
)
def test_the_database_is_searched_by_words_and_facets(client, coordinator, query, names):
    organisation = staff_organisation(coordinator)
    ada, bo = (make.make_user(organisation=organisation, first_name=name) for name in ("Ada", "Bo"))
    make.make_mentor_profile(user=ada, competences=["arts", "teaching"], languages=["en"])
    make.make_mentor_profile(user=bo, headline="Baker", languages=["sv"], country="SE", origin="in_house")

    response = client.get(f"{reverse('mentoring_profiles:mentor_list')}?{query}")

    assert [row.mentor.user.first_name for row in response.context["page"].rows] == names
    assert response.context["totals"]["all"] == 2


def test_the_database_answers_a_wrong_facet_with_422(client, coordinator):
    assert client.get(reverse("mentoring_profiles:mentor_list") + "?country=XX").status_code == 422


def test_the_database_goes_on_page_by_page(client, coordinator):
    organisation = staff_organisation(coordinator)
    mentors = [make.make_mentor_profile(user=make.make_user(organisation=organisation)) for _ in range(26)]
    url = reverse("mentoring_profiles:mentor_list")

    first = client.get(url).context["page"]
    second = client.get(f"{url}?before={first.older}").context["page"]

    assert [row.mentor.pk for row in first.rows + second.rows] == [mentor.pk for mentor in reversed(mentors)]
    assert (second.older, second.newest) == (None, False)


def test_mentors_of_another_organisation_are_not_found(client, coordinator):
    mentor = make.make_mentor_profile(user=make.make_user(organisation=make.make_organisation()))

    assert client.get(mentor.get_absolute_url()).status_code == 404


def test_a_mentor_page_never_shows_personal_details(client, coordinator):
    mentor = make.make_mentor_profile(user=make.make_user(organisation=staff_organisation(coordinator)))
    make.make_details(mentor.user, religion="Quaker", birth_year=1961)

    page = client.get(mentor.get_absolute_url()).content.decode()

    assert "Quaker" not in page and "1961" not in page


def test_lists_ask_the_database_as_often_for_three_as_for_one(client, coordinator):
    cohort = coordinator.cohort_memberships.get().cohort

    def add_mentor():
        make.make_mentor_profile(user=make.make_user(organisation=cohort.organisation))

    assert_same_queries(lambda: client.get(reverse("mentoring_profiles:mentor_list")), add_mentor)
    assert_same_queries(lambda: client.get(reverse("mentoring_profiles:graduate_list")), lambda: make_graduate(cohort))


def test_free_hours_are_said_in_words():
    said = [(str(day), hours) for day, hours in free_hours_in_words([9, 10, 18, 24 + 21])]

    assert said == [("Monday", "9:00–11:00, 18:00–19:00"), ("Tuesday", "21:00–22:00")]


def test_what_is_kept_of_a_person_is_erased():
    profile = make.make_mentor_profile(headline="Baker")
    make.make_details(profile.user, religion="Quaker")
    make.make_contact_request(make.make_public_profile(profile), make.make_member(make.make_cohort(), Role.MENTEE))

    privacy.erase(profile.user)

    kept = [model for model in privacy.MODELS if model._default_manager.exists()]
    assert kept == []
    assert User.objects.filter(pk=profile.user.pk).exists()
