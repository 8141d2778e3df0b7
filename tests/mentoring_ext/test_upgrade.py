"""A database as it was in the first releases comes forward: sheets, runs and calls, in one journey."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from lms.files.actions import store_upload
from lms.files.kinds import DOCUMENTS
from lms.people.models import User
from lms.privacy.models import Consent, ConsentVersion
from mentoring_ext.applications.models import Application, Audience
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS, FACTORS
from mentoring_ext.matching.models import MatchRun
from mentoring_ext.matching.protocol import verify_run
from mentoring_ext.matching.solver import Refused
from mentoring_ext.matching.solving import tables_of
from mentoring_ext.profiles import finding
from mentoring_ext.profiles.models import MentorProfile
from tests import databases, make
from tests.mentoring_ext.applications.sending import pdf

pytestmark = pytest.mark.django_db
SPRING, SUMMER = datetime(2026, 4, 1, 12, tzinfo=UTC), datetime(2026, 7, 1, 12, tzinfo=UTC)
ERASED = 999_999
"""The key of a mentor whose account is gone."""
PROOF = {"kind": "prices", "scale": 1_000_000, "crowd": [0, 1, 2], "places": [0, 1], "premium": 0, "seconds": 0.1} | {
    "mentee_prices": [0, 0, 0],
    "mentor_prices": [700_000, 600_000],
}


@dataclass
class Old:
    """What was there then, by key; ``rows`` are the application's columns and values."""

    coordinator: User
    mentor: User
    mentees: list[User]
    sheets: User
    draft: User
    silent: User
    application: int = 0
    run: int = 0
    rows: tuple[list[str], list[tuple[object, ...]]] = ([], [])


@pytest.fixture(scope="module")
def old(django_db_setup: None, django_db_blocker: Any) -> Iterator[Old]:
    """Write a database of then and bring it forward once, for all tests here."""
    with django_db_blocker.unblock():
        databases.restore_copy(then=True)
        then = MigrationExecutor(connection).loader.project_state(databases.THEN).apps
        found = people()
        write_call(found, then)
        write_sheets(found, then)
        write_run(found, then)
        found.rows = rows_of(columns_of(Application._meta.db_table))
        with databases.many_models_at_little_cost():
            executor = MigrationExecutor(connection)
            executor.migrate(executor.loader.graph.leaf_nodes())
        yield found
        databases.restore_copy()


def people() -> Old:
    cohort = make.make_cohort()
    coordinator, mentor, *mentees = (make.make_user() for _ in range(5))
    make.make_member(cohort, "coordinator", user=coordinator)
    sheets = make.make_user(first_name="Ada", last_name="Müller")
    draft, silent = make.make_user(), make.make_user()
    return Old(coordinator, mentor, mentees, sheets, draft, silent)


def write_call(found: Old, then: Any) -> None:
    """A call without a form, and one application, of which every question of then is answered."""
    cohort = found.coordinator.cohort_memberships.get().cohort
    call = then.get_model("mentoring_applications", "Call").objects.create(
        cohort_id=cohort.pk,
        organisation_id=cohort.organisation_id,
        title="Mentors of old",
        slug="mentors-of-old",
        text="We look for patient people.",
        opens_on=SPRING.date(),
        closes_on=SUMMER.date(),
    )
    application = then.get_model("mentoring_applications", "Application").objects.create(
        call=call,
        first_name="Old",
        last_name="Hand",
        email="old@example.org",
        country="GR",
        headline="Photographer and teacher",
        competences=["teaching"],
        experience="Ten years of courses for adults.",
        motivation="I like to see people grow.",
        cv_id=store_upload(pdf(), actor=None, kinds=DOCUMENTS).pk,
        stage="received",
        applied_at=SPRING,
        consented_at=SPRING,
        confirmed_at=SPRING,
    )
    found.application = application.pk


def write_sheets(found: Old, then: Any) -> None:
    """Both sheets and sensitive details of one person, a draft, and a sheet of somebody who agreed to nothing."""
    mentors, mentees = (then.get_model("mentoring_profiles", name) for name in ("MentorProfile", "MenteeProfile"))
    ConsentVersion.objects.filter(name="sensitive").delete()
    common = {"user_id": found.sheets.pk, "state": "complete", "first_language": "el", "languages": ["sv", "el"]}
    mentors.objects.create(
        **common,
        origin="external",
        competences=["teaching", "design"],
        availability=[8, 9, 42],
        experience="Bakery in Crete",
        entered_at=SUMMER,
        consented_at=SUMMER,
    )
    mentees.objects.create(**common, consented_at=SPRING)
    details = then.get_model("mentoring_profiles", "SensitiveDetails")
    details.objects.create(user_id=found.sheets.pk, birth_year=1980, consented_at=SUMMER)
    mentors.objects.create(user_id=found.draft.pk, origin="in_house")
    mentees.objects.create(user_id=found.silent.pk)


def write_run(found: Old, then: Any) -> None:
    """A run whose pairs were kept as JSON: two mentors, one of whom was erased since, and one mentee left over."""
    keys = [found.mentor.pk, ERASED]
    cohort = found.coordinator.cohort_memberships.get().cohort
    run = then.get_model("mentoring_matching", "MatchRun").objects.create(
        cohort_id=cohort.pk,
        made_by_id=found.coordinator.pk,
        made_at=SPRING,
        weights=DEFAULT_WEIGHTS,
        digest="d" * 64,
        total=1_300_000,
        bound=1_300_000,
        mentors=keys,
        places={str(key): 1 for key in keys},
        certificate=PROOF | {"mentees": [person.pk for person in found.mentees], "mentor_of": [0, 1, -1]},
    )
    options = [(700_000, 500_000), (400_000, 600_000), (300_000, 200_000)]
    for person, (own, other), at in zip(found.mentees, options, (found.mentor, None, None), strict=True):
        against = ["availability"] if person == found.mentees[2] else []
        then.get_model("mentoring_matching", "Proposal").objects.create(
            run_id=run.pk,
            mentee_id=person.pk,
            mentor_id=at.pk if at else None,
            score=own if at else 0,
            options={str(keys[0]): pair_of(own, *against), str(keys[1]): pair_of(other)},
        )
    found.run = run.pk


def pair_of(score: int, *rules: str) -> dict[str, Any]:
    """What was kept of a pair: all points come from the first factor."""
    rest = [0] * (len(FACTORS) - 1)
    return {"score": score, "values": [score, *rest], "points": [score, *rest], "rules": list(rules)}


def columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return sorted(column.name for column in connection.introspection.get_table_description(cursor, table))


def rows_of(columns: list[str]) -> tuple[list[str], list[tuple[object, ...]]]:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(quote(name) for name in columns)} FROM {quote(Application._meta.db_table)} ORDER BY id"
        )
        return columns, list(cursor.fetchall())


def test_a_run_keeps_figures_pairs_and_reasons(old: Old, client: Client):
    run = MatchRun.objects.get(pk=old.run)
    tables = tables_of(bytes(run.input))
    first, _second, last = old.mentees
    assert (run.people, run.placed, run.weakest, run.optimal) == (3, 2, 600_000, True)
    assert [(row.mentor, row.places) for row in run.mentors.all()] == [(old.mentor, 1), (None, 1)]
    assert tables.score(first.pk, ERASED) == 500_000
    assert tables.parts(first.pk, old.mentor.pk)[1] == [700_000, *[0] * (len(FACTORS) - 1)]
    assert tables.rules_against(last.pk, old.mentor.pk) == ["hours"]
    with pytest.raises(Refused):
        verify_run(run)
    client.force_login(old.coordinator)
    for address in (run.get_absolute_url(), *(p.get_absolute_url() for p in run.proposals.all())):
        assert client.get(address).status_code == 200
    assert "no common free hours" in client.get(run.proposals.get(mentee=last).get_absolute_url()).content.decode()


def test_lists_of_a_sheet_become_terms(old: Old):
    mentor = MentorProfile.objects.get(user=old.sheets)
    terms = set(mentor.terms.values_list("kind", "code"))
    assert mentor.competences == ["teaching", "design"]
    assert {("competence", "teaching"), ("competence", "design"), ("language", "sv"), ("language", "el")} <= terms
    assert {("free", "0-morning"), ("free", "any-evening"), ("origin", "external"), ("meeting", "online")} <= terms
    assert {("word", "muller"), ("word", "bakery"), ("word", "crete")} <= terms
    assert MentorProfile.objects.having("competence", "design").with_words("baker").get() == mentor
    assert MentorProfile.objects.filter(user=old.draft).exists()
    assert finding.count(MentorProfile.objects.filter(pk=mentor.pk), {}).by_code["language"] == {"el": 1, "sv": 1}


def test_times_of_agreement_become_consents(old: Old):
    consents = {consent.version.name: consent for consent in Consent.objects.filter(user=old.sheets)}
    assert {name: consent.given_at for name, consent in consents.items()} == {"matching": SPRING, "sensitive": SUMMER}
    assert {consent.way for consent in consents.values()} == {Consent.Way.CARRIED}
    assert consents["sensitive"].version.words("en").text


def test_who_agreed_to_nothing_has_no_consent_afterwards(old: Old):
    assert not Consent.objects.filter(user=old.silent).exists()


def test_calls_and_applications_come_forward_whole(old: Old):
    application = Application.objects.get(pk=old.application)
    call = application.call
    assert "version_id" not in old.rows[0]
    assert rows_of(old.rows[0]) == old.rows
    assert (call.title, call.audience, call.answers_by) == ("Mentors of old", Audience.EXTERNAL, None)
    assert application.version == call.version
    assert call.version.published_at is not None
    asked = [question for section in call.version.sections.all() for question in section.questions.all()]
    answered = {question.field: getattr(application, question.field) for question in asked}
    assert {name for name, value in answered.items() if not value} == set()
    assert {"first_name", "email", "competences", "experience", "cv", "motivation"} <= set(answered)
    assert (application.languages, application.place, application.picture) == ([], "", None)
