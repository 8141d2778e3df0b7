"""Giving consent, taking it back, and texts that are renewed."""

from datetime import timedelta

import pytest

from lms.journal.models import Entry
from lms.privacy import errors
from lms.privacy.actions import Words, give_consent, has_consent, lapse_consents, publish_consent, withdraw_consent
from lms.privacy.loading import load_shipped_texts
from lms.privacy.models import Consent, ConsentVersion
from tests.make import make_administrator, make_mentor_profile, make_user
from tests.make.times import AUTUMN

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def renewed(name="sensitive", *, weeks=2, at=AUTUMN):
    words = {"en": Words("New words", "We use it in another way.", "It is used for more.")}
    return publish_consent(name, actor=make_administrator(), words=words, at=at, renew_by=at + weeks * WEEK)


def test_every_purpose_has_its_shipped_text_after_set_up():
    assert set(ConsentVersion.objects.values_list("name", "number")) >= {
        ("terms", 1), ("matching", 1), ("sensitive", 1), ("public_profile", 1),
    }  # fmt: skip


def test_loading_again_changes_nothing():
    assert load_shipped_texts() == []


def test_consent_counts_once_it_is_given():
    user = make_user()

    given = give_consent(user, "matching", at=AUTUMN)

    assert has_consent(user, "matching", at=AUTUMN)
    assert not has_consent(user, "sensitive", at=AUTUMN)
    assert (given.entered_by, given.version.number) == (None, 1)
    assert Entry.objects.get(verb="consented").actor == user


def test_consent_given_twice_is_kept_once():
    user = make_user()

    assert give_consent(user, "matching", at=AUTUMN) == give_consent(user, "matching", at=AUTUMN + WEEK)
    assert Consent.objects.filter(user=user).count() == 1


def test_consent_on_paper_names_who_entered_it():
    coordinator = make_user()

    given = give_consent(make_user(), "matching", at=AUTUMN, actor=coordinator, way=Consent.Way.PAPER)

    assert given.entered_by == coordinator


def test_consent_without_a_text_is_refused():
    ConsentVersion.objects.filter(name="matching").delete()

    with pytest.raises(errors.NoSuchConsent) as caught:
        give_consent(make_user(), "matching", at=AUTUMN)

    assert caught.value.code == "no_such_consent"


def test_consent_taken_back_counts_no_more_and_is_remembered():
    user = make_user()
    give_consent(user, "public_profile", at=AUTUMN)

    assert withdraw_consent(user, "public_profile", at=AUTUMN + WEEK)

    assert not has_consent(user, "public_profile", at=AUTUMN + WEEK)
    assert Consent.objects.get(user=user).withdrawn_at == AUTUMN + WEEK
    assert Entry.objects.filter(verb="withdrew", actor=user).exists()


def test_taking_back_makes_the_room_act_at_once():
    sheet = make_mentor_profile()
    give_consent(sheet.user, "matching", at=AUTUMN)

    withdraw_consent(sheet.user, "matching", at=AUTUMN)

    sheet.refresh_from_db()
    assert sheet.state == "draft"


def test_what_the_account_stands_on_is_not_taken_back():
    user = make_user()
    give_consent(user, "terms", at=AUTUMN)

    with pytest.raises(errors.NotToWithdraw) as caught:
        withdraw_consent(user, "terms", at=AUTUMN)

    assert caught.value.code == "not_to_withdraw"
    assert has_consent(user, "terms", at=AUTUMN)


def test_older_consent_counts_until_the_last_day_of_renewal():
    user = make_user()
    give_consent(user, "sensitive", at=AUTUMN - WEEK)

    renewed(weeks=2)

    assert has_consent(user, "sensitive", at=AUTUMN + WEEK)
    assert not has_consent(user, "sensitive", at=AUTUMN + 2 * WEEK)


def test_new_text_without_renewal_leaves_older_consents():
    user = make_user()
    give_consent(user, "sensitive", at=AUTUMN - WEEK)

    publish_consent("sensitive", actor=None, words={"en": Words("New", "A clearer sentence.")}, at=AUTUMN)

    assert has_consent(user, "sensitive", at=AUTUMN + 9 * WEEK)


def test_agreeing_again_goes_on_after_the_renewal():
    user = make_user()
    give_consent(user, "sensitive", at=AUTUMN - WEEK)
    renewed(weeks=2)

    give_consent(user, "sensitive", at=AUTUMN + WEEK)

    assert has_consent(user, "sensitive", at=AUTUMN + 3 * WEEK)
    assert Consent.objects.filter(user=user, lapsed_at=AUTUMN + WEEK).count() == 1


def test_consents_that_are_overtaken_end_in_the_night():
    sheet = make_mentor_profile()
    give_consent(sheet.user, "matching", at=AUTUMN - WEEK)
    renewed("matching", weeks=2)

    assert lapse_consents(AUTUMN + WEEK) == 0
    assert lapse_consents(AUTUMN + 2 * WEEK) == 1

    sheet.refresh_from_db()
    assert sheet.state == "draft"
    assert Entry.objects.filter(verb="lapsed").count() == 1


def test_text_that_says_the_same_is_refused():
    version = ConsentVersion.objects.newest_of("terms")
    same = {text.language: Words(text.title, text.text) for text in version.texts.all()}

    with pytest.raises(errors.NotNewer) as caught:
        publish_consent("terms", actor=None, words=same, at=AUTUMN)

    assert caught.value.code == "not_newer"


def test_renewal_that_leaves_no_week_is_refused():
    with pytest.raises(errors.RenewalTooEarly) as caught:
        renewed(weeks=0)

    assert (caught.value.code, caught.value.field) == ("renewal_too_early", "renew_by")
