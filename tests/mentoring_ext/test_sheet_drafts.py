from datetime import UTC, datetime

import pytest
from django.urls import reverse

from lms.privacy.actions import withdraw_consent
from mentoring_ext.profiles import actions
from mentoring_ext.profiles.errors import ChangedElsewhere
from mentoring_ext.profiles.models import MenteeProfile, SensitiveDetails, SheetDraft
from mentoring_ext.programmes.models import Role
from tests import make

pytestmark = pytest.mark.django_db

AT = datetime(2026, 9, 3, 12, tzinfo=UTC)


@pytest.fixture
def mentee(client):
    user = make.make_member(make.make_cohort(), Role.MENTEE)
    client.force_login(user)
    return user


def step(number):
    return reverse("mentoring_profiles:mentee_sheet_step", args=[number])


def draft(number):
    return reverse("mentoring_profiles:mentee_draft", args=[number])


def test_what_is_typed_is_kept_even_when_it_is_wrong(client, mentee):
    response = client.post(draft(5), {"sensitive_consent": "on", "birth_year": "nineteen", "revision": "0"})

    page = client.get(step(5)).content.decode()
    assert response.json()["revision"] == 1
    assert response.json()["said"].startswith("Saved ")
    assert 'value="nineteen"' in page
    assert not SensitiveDetails.objects.exists()


def test_typed_hours_stand_in_the_grid_again(client, mentee):
    client.post(draft(4), {"availability": ["9", "167"], "revision": "0"})

    form = client.get(step(4)).context["form"]

    assert form.initial["availability"] == ["9", "167"]
    assert not MenteeProfile.objects.exists()


def test_sensitive_words_are_not_kept_without_the_consent(client, mentee):
    client.post(draft(5), {"religion": "Quaker", "mixed_gender": "yes", "revision": "0"})

    assert SheetDraft.objects.get(user=mentee).data == {"mixed_gender": ["yes"]}


def test_taking_the_consent_back_empties_the_draft(client, mentee):
    client.post(draft(5), {"sensitive_consent": "on", "religion": "Quaker", "revision": "0"})

    withdraw_consent(mentee, "sensitive", at=AT)

    assert SheetDraft.objects.get(user=mentee).data == {}


def test_a_draft_keeps_only_the_fields_of_the_step(client, mentee):
    client.post(draft(1), {"goals": "A shop", "state": "complete", "user": "1", "revision": "0"})

    assert SheetDraft.objects.get(user=mentee).data == {"goals": ["A shop"]}


def test_a_second_window_does_not_overwrite_the_first(client, mentee):
    client.post(draft(1), {"goals": "First window", "revision": "0"})

    response = client.post(draft(1), {"goals": "Second window", "revision": "0"})

    assert response.status_code == 409
    assert SheetDraft.objects.get(user=mentee).data == {"goals": ["First window"]}


def test_saving_in_a_window_that_is_behind_shows_what_was_typed(client, mentee):
    client.post(step(1), {"goals": "First window", "revision": "0", "next": ""})

    response = client.post(step(1), {"goals": "Second window", "revision": "0", "next": ""})

    assert response.status_code == 409
    assert "Second window" in response.content.decode()
    assert response.context["revision"] == 1
    assert MenteeProfile.objects.get(user=mentee).goals == "First window"


def test_saving_a_step_forgets_its_draft(client, mentee):
    client.post(draft(1), {"goals": "Half a wo", "revision": "0"})

    client.post(step(1), {"goals": "Half a word", "revision": "1", "next": ""})

    kept = SheetDraft.objects.get(user=mentee)
    assert (kept.data, kept.revision) == ({}, 2)
    assert client.get(step(1)).context["form"].initial["goals"] == "Half a word"


def test_wrong_words_sent_without_javascript_are_kept_too(client, mentee):
    client.post(step(5), {"mixed_gender": "yes", "birth_year": "85", "sensitive_consent": "on", "stay": ""})

    assert 'value="85"' in client.get(step(5)).content.decode()


def test_a_draft_belongs_to_its_person(client, mentee):
    client.post(draft(1), {"goals": "Mine", "revision": "0"})
    other = make.make_member(make.make_cohort(), Role.MENTEE)
    client.force_login(other)

    assert "Mine" not in client.get(step(1)).content.decode()


def test_who_is_signed_out_is_sent_to_the_sign_in_page(client):
    assert client.post(draft(1), {"goals": "x"}).status_code == 302


def test_keep_draft_refuses_an_old_revision():
    user = make.make_user()
    actions.keep_draft(user, sheet="mentee", step="goals", data={"goals": ["a"]}, seen=0, at=AT)

    with pytest.raises(ChangedElsewhere):
        actions.keep_draft(user, sheet="mentee", step="goals", data={"goals": ["b"]}, seen=0, at=AT)
