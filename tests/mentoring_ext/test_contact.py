from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from forum.chat.models import Room
from lms.agenda.actions import agenda_for
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.privacy.actions import Words, has_consent, publish_consent, withdraw_consent
from lms.privacy.models import Reading
from mentoring_ext.profiles import actions
from mentoring_ext.profiles.errors import (
    AlreadyAsked,
    AlreadyReported,
    NotPublic,
    OwnProfile,
    RequestAnswered,
    TooManyRequests,
)
from mentoring_ext.profiles.models import ContactRequest, PublicProfile
from mentoring_ext.programmes.models import Role
from tests import make
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db

AT = datetime(2026, 9, 20, 12, tzinfo=UTC)
LIST = "mentoring_profiles:public_list"


@pytest.fixture
def mentee(client):
    user = make.make_member(make.make_cohort(), Role.MENTEE)
    client.force_login(user)
    return user


def post(client, name, thing, **data):
    return client.post(reverse(f"mentoring_profiles:{name}", args=[thing.pk]), data)


def names_in(client, query=""):
    return [card.name for card in client.get(f"{reverse(LIST)}?{query}").context["page"].rows]


def test_a_mentor_agrees_chooses_and_takes_it_back(client):
    mentor = make.make_mentor_profile()
    client.force_login(mentor.user)
    url = reverse("mentoring_profiles:own_public_profile")

    refused = client.post(url, {"shown": ["languages"]})
    client.post(url, {"shown": ["languages"], "agree": "on"})
    shown = PublicProfile.objects.get(mentor=mentor)
    agreed = has_consent(mentor.user, "public_profile")
    client.post(url, {"withdraw": ""})

    assert refused.status_code == 422
    assert refused.context["form"].errors["agree"] == ["We show nothing without your agreement."]
    assert (shown.shown, shown.for_everybody, agreed) == (["languages"], False, True)
    assert not PublicProfile.objects.exists() and not has_consent(mentor.user, "public_profile")
    assert Entry.objects.filter(verb="withdrew", actor=mentor.user).exists()


def test_taking_the_consent_back_anywhere_hides_the_profile_at_once(client, mentee):
    profile = make.make_public_profile()

    withdraw_consent(profile.mentor.user, "public_profile", at=AT)

    assert client.get(profile.get_absolute_url()).status_code == 404
    assert names_in(client) == []


def test_only_what_the_mentor_chose_is_shown_and_found(client, mentee):
    mentor = make.make_mentor_profile(experience="Secret bakery", motivation="Open heart", languages=["sv"])
    make.make_details(mentor.user, religion="Quaker", ethnicity="Sami", culture="Northern", birth_year=1961)
    profile = make.make_public_profile(mentor, shown=["motivation"])

    page = client.get(profile.get_absolute_url()).content.decode()

    assert "Open heart" in page
    for hidden in ("Secret bakery", "Swedish", "Quaker", "Sami", "Northern", "1961", mentor.user.email):
        assert hidden not in page
    assert names_in(client, "q=bakery") == names_in(client, "language=sv") == names_in(client, "q=quaker") == []
    assert names_in(client, "q=heart") == [str(mentor)]


def test_people_without_an_account_see_only_what_is_open_to_everybody(client):
    open_one, closed = make.make_public_profile(for_everybody=True), make.make_public_profile()

    assert names_in(client) == [str(open_one)]
    assert client.get(closed.get_absolute_url()).status_code == 404
    assert open_one.mentor.user.email not in client.get(open_one.get_absolute_url()).content.decode()


def test_a_learner_without_a_part_in_mentoring_sees_what_everybody_sees(client):
    make.make_public_profile()
    client.force_login(make.make_user())

    assert names_in(client) == []


def test_a_request_is_answered_with_yes_and_opens_a_room(client, mentee):
    profile = make.make_public_profile()
    sent = post(client, "contact_create", profile, purpose="question", message="How did you begin?")
    asked = ContactRequest.objects.get()
    due = [item.key for item in agenda_for(profile.mentor.user, AT)]
    client.force_login(profile.mentor.user)

    post(client, "contact_answer", asked, accepted="yes", answer="Gladly.")

    asked.refresh_from_db()
    assert sent.headers["Location"] == asked.get_absolute_url()
    assert f"contact-{asked.pk}" in due
    assert (asked.state, asked.answer) == ("accepted", "Gladly.")
    assert {member.user for member in asked.room.memberships.all()} == {mentee, profile.mentor.user}
    assert Notice.objects.filter(recipient=mentee, kind="contact_answered").exists()


def test_no_address_is_shown_before_or_after_the_answer(client, mentee):
    profile = make.make_public_profile()
    asked = make.make_contact_request(profile, mentee)
    before = client.get(asked.get_absolute_url()).content.decode()
    actions.answer_contact(asked, actor=profile.mentor.user, accepted=True, at=AT)

    after = client.get(asked.get_absolute_url()).content.decode()

    assert profile.mentor.user.email not in before + after


def test_a_no_opens_no_room(client, mentee):
    asked = make.make_contact_request(make.make_public_profile(), mentee)

    actions.answer_contact(asked, actor=asked.mentor.user, accepted=False, answer="No time.", at=AT)

    assert not Room.objects.filter(kind="personal").exists()
    assert "No time." in client.get(asked.get_absolute_url()).content.decode()


def test_wrong_requests_and_answers_keep_what_was_typed(client, mentee):
    profile = make.make_public_profile()

    response = post(client, "contact_create", profile, message="Hello there")
    asked = make.make_contact_request(profile, mentee)
    client.force_login(profile.mentor.user)
    undecided = post(client, "contact_answer", asked, answer="Well, well")

    assert (response.status_code, undecided.status_code) == (422, 422)
    assert "Hello there" in response.content.decode() and response.context["form"].errors["purpose"] == ["Choose one."]
    assert "Well, well" in undecided.content.decode()


def test_requests_keep_their_rules(mentee):
    profile = make.make_public_profile()
    asked = make.make_contact_request(profile, mentee)

    with pytest.raises(AlreadyAsked):
        make.make_contact_request(profile, mentee)
    with pytest.raises(OwnProfile):
        make.make_contact_request(profile, profile.mentor.user)
    with pytest.raises(NotPublic):
        make.make_contact_request(profile, make.make_user())
    actions.answer_contact(asked, actor=profile.mentor.user, accepted=False, at=AT)
    with pytest.raises(RequestAnswered):
        actions.answer_contact(asked, actor=profile.mentor.user, accepted=True, at=AT)


def test_nobody_sends_more_than_five_requests_a_week(mentee):
    for _place in range(5):
        make.make_contact_request(make.make_public_profile(), mentee, at=AT)

    with pytest.raises(TooManyRequests):
        make.make_contact_request(make.make_public_profile(), mentee, at=AT + timedelta(days=6))
    assert make.make_contact_request(make.make_public_profile(), mentee, at=AT + timedelta(days=8))


def test_strangers_neither_read_nor_answer_a_request(client, mentee):
    asked = make.make_contact_request(make.make_public_profile(), mentee)

    own_answer = post(client, "contact_answer", asked, accepted="yes")
    client.force_login(make.make_member(mentee.cohort_memberships.get().cohort, Role.MENTEE))

    assert own_answer.status_code == 403
    assert client.get(asked.get_absolute_url()).status_code == 404
    assert post(client, "contact_answer", asked, accepted="yes").status_code == 404
    assert post(client, "contact_report", asked, report="x").status_code == 404


def test_coordinators_read_only_what_was_reported(client):
    cohort = make.make_cohort()
    mentor = make.make_mentor_profile(user=make.make_member(cohort, Role.MENTOR))
    asked = make.make_contact_request(
        make.make_public_profile(mentor), make.make_member(cohort, Role.MENTEE), message="Rude words"
    )
    coordinator = make.make_coordinator(cohort)
    client.force_login(coordinator)
    url = reverse("mentoring_profiles:contact_report_list")
    before = client.get(url).content.decode()

    actions.report_contact(asked, actor=mentor.user, text="This is rude.", at=AT)
    after = client.get(url).content.decode()
    post(client, "contact_settle", asked)

    asked.refresh_from_db()
    assert "Rude words" not in before and "Rude words" in after
    assert asked.settled_by == coordinator
    assert Notice.objects.filter(recipient=coordinator, kind="contact_reported").exists()
    assert Reading.objects.filter(reader=coordinator, about=asked.sender).exists()
    with pytest.raises(AlreadyReported):
        actions.report_contact(asked, actor=mentor.user, text="Again.", at=AT)


def test_a_coordinator_elsewhere_does_not_read_the_report(client, mentee):
    asked = make.make_contact_request(make.make_public_profile(), mentee)
    actions.report_contact(asked, actor=mentee, text="Rude.", at=AT)
    client.force_login(make.make_coordinator(make.make_cohort()))

    assert post(client, "contact_settle", asked).status_code == 404


def test_a_coordinator_sees_counts_of_requests_and_no_words(client, mentee):
    cohort = make.make_cohort()
    mentor = make.make_mentor_profile(user=make.make_member(cohort, Role.MENTOR))
    asked = make.make_contact_request(make.make_public_profile(mentor), mentee, message="Between us")
    client.force_login(make.make_coordinator(cohort))

    page = client.get(mentor.get_absolute_url())

    assert page.context["requests"] == {"all": 1, "accepted": 0}
    assert asked.message not in page.content.decode()


def test_the_lists_ask_the_same_for_one_and_three(client, mentee):
    assert_same_queries(lambda: client.get(reverse(LIST)), make.make_public_profile)
    assert_same_queries(
        lambda: client.get(reverse("mentoring_profiles:contact_list")),
        lambda: make.make_contact_request(make.make_public_profile(), mentee, at=AT - timedelta(days=30)),
    )


def renew_the_text(at: datetime) -> None:
    words = {"en": Words("Showing your profile", "We show it in a new way.")}
    publish_consent("public_profile", actor=None, words=words, at=at - timedelta(days=20), renew_by=at)


def test_a_profile_is_hidden_from_the_moment_when_the_agreement_has_run_out(client):
    profile, mentee = make.make_public_profile(for_everybody=True), make.make_member(make.make_cohort(), Role.MENTEE)
    renew_the_text(AT)

    before, after = AT - timedelta(seconds=1), AT
    assert PublicProfile.objects.visible_to(mentee, at=before).get() == profile
    assert not PublicProfile.objects.visible_to(mentee, at=after).exists()
    for person in (None, mentee, profile.mentor.user):
        client.logout()
        if person:
            client.force_login(person)
        assert client.get(profile.get_absolute_url()).status_code == 404
        assert names_in(client) == []
    with pytest.raises(NotPublic):
        make.make_contact_request(profile, mentee, at=after)


def test_agreeing_again_shows_the_profile_as_before(client):
    profile = make.make_public_profile(shown=["motivation"])
    client.force_login(profile.mentor.user)
    renew_the_text(AT)
    url = reverse("mentoring_profiles:own_public_profile")

    page = client.get(url)
    client.post(url, {"shown": ["motivation"], "agree": "on"})

    assert (page.context["shown"], page.context["kept"]) == (None, profile)
    assert page.context["form"].initial == {"shown": ["motivation"], "for_everybody": False, "agree": False}
    assert client.get(profile.get_absolute_url()).status_code == 200
