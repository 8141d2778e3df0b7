"""Sheets of the time before consents and the index had tables of their own: nothing of them is lost."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from lms.people.models import User
from lms.privacy.models import Consent, ConsentVersion
from mentoring_ext.profiles import finding
from mentoring_ext.profiles.models import MentorProfile
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
APP = "mentoring_profiles"
SPRING, SUMMER = datetime(2026, 4, 1, 12, tzinfo=UTC), datetime(2026, 7, 1, 12, tzinfo=UTC)
BEFORE = "0001_initial"


def migrate_to(name: str) -> Any:
    """Migrate the room to the migration of that name, and return the models as they were then."""
    executor = MigrationExecutor(connection)
    executor.migrate([(APP, name)])
    return MigrationExecutor(connection).loader.project_state([(APP, name)]).apps


def migrate_to_newest() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes(APP))


@pytest.fixture
def user() -> User:
    """Somebody with both sheets and sensitive details, as they were kept then."""
    user = make.make_user(first_name="Ada", last_name="Müller")
    old = migrate_to(BEFORE)
    ConsentVersion.objects.filter(name="sensitive").delete()
    common = {"user_id": user.pk, "state": "complete", "first_language": "el", "languages": ["sv", "el"]}
    old.get_model(APP, "MentorProfile").objects.create(
        **common,
        origin="external",
        competences=["teaching", "design"],
        availability=[8, 9, 42],
        experience="Bakery in Crete",
        entered_at=SUMMER,
        consented_at=SUMMER,
    )
    old.get_model(APP, "MenteeProfile").objects.create(**common, consented_at=SPRING)
    old.get_model(APP, "SensitiveDetails").objects.create(user_id=user.pk, birth_year=1980, consented_at=SUMMER)
    return user


def test_lists_of_a_sheet_become_terms(user: User):
    draft = make.make_user()
    migrate_to(BEFORE).get_model(APP, "MentorProfile").objects.create(user_id=draft.pk, origin="in_house")

    migrate_to_newest()

    mentor = MentorProfile.objects.get(user=user)
    terms = set(mentor.terms.values_list("kind", "code"))
    assert mentor.competences == ["teaching", "design"]
    assert {("competence", "teaching"), ("competence", "design"), ("language", "sv"), ("language", "el")} <= terms
    assert {("free", "0-morning"), ("free", "any-evening"), ("origin", "external"), ("meeting", "online")} <= terms
    assert {("word", "muller"), ("word", "bakery"), ("word", "crete")} <= terms
    assert MentorProfile.objects.having("competence", "design").with_words("baker").get() == mentor
    assert MentorProfile.objects.filter(user=draft).exists()
    assert finding.count(MentorProfile.objects.filter(pk=mentor.pk), {}).by_code["language"] == {"el": 1, "sv": 1}


def test_times_of_agreement_become_consents_and_go_back(user: User):
    migrate_to_newest()

    consents = {consent.version.name: consent for consent in Consent.objects.filter(user=user)}
    assert {name: consent.given_at for name, consent in consents.items()} == {"matching": SPRING, "sensitive": SUMMER}
    assert {consent.way for consent in consents.values()} == {Consent.Way.CARRIED}
    assert consents["sensitive"].version.words("en").text

    old = migrate_to("0002_index_drafts_contact")

    kept = [
        old.get_model(APP, name).objects.get(user_id=user.pk).consented_at
        for name in ("MentorProfile", "MenteeProfile", "SensitiveDetails")
    ]
    assert kept == [SPRING, SPRING, SUMMER]


def test_who_agreed_to_nothing_has_no_consent_afterwards():
    user = make.make_user()
    migrate_to(BEFORE).get_model(APP, "MenteeProfile").objects.create(user_id=user.pk)

    migrate_to_newest()

    assert not Consent.objects.filter(user=user).exists()
