"""What a kept run holds of people, after they took a consent back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lms.privacy.actions import withdraw_consent
from mentoring_ext.matching import actions
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.kept import CONFIDENTIAL, read, unpack
from mentoring_ext.matching.models import MatchRun
from mentoring_ext.matching.privacy import forget_without_consent
from tests import make
from tests.mentoring_ext.matching.conftest import AT

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SECRET = {"birth_year": 1980, "gender": "woman", "culture": "Roma", "ethnicity": "Kalderash", "religion": "none"}


def facts_in(run):
    sides = read(bytes(MatchRun.objects.get(pk=run.pk).input))["sides"]
    return {each["key"]: each for side in ("mentees", "mentors") for each in sides[side]}


def pages_of(run):
    own = [run.cohort_id, run.pk]
    names = ("run_detail", "run_protocol", "protocol_file", "run_equality", "run_publish")
    found = [reverse(f"mentoring_matching:{name}", args=own) for name in names]
    steps = ("detail", "move", "lock", "forbid", "places")
    rows = [[*own, proposal.pk] for proposal in run.proposals.all()]
    found += [reverse(f"mentoring_matching:proposal_{step}", args=row) for step in steps for row in rows]
    return [*found, *(reverse(f"mentoring_matching:{name}", args=own[:1]) for name in ("run_compare", "run_history"))]


@pytest.fixture
def offline(cohort, coordinator, people):
    """A run with a pair that two people made themselves, who both told personal details."""
    (first, _second), mentees = people
    for person in (first, mentees[0]):
        make.make_details(person, **SECRET)
    together = {"mentor": first, "mentees": [mentees[0]], "reason": "They met at the market."}
    actions.enter_offline(cohort, actor=coordinator, at=AT, **together)
    return actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)


@pytest.mark.parametrize("published", [False, True])
def test_a_pair_made_offline_keeps_no_detail_without_consent(offline, people, coordinator, published):
    (first, _second), mentees = people
    if published:
        actions.publish_run(offline, actor=coordinator, at=AT)
    before = {name: facts_in(offline)[mentees[0].pk][name] for name in SECRET}
    for person in (first, mentees[0]):
        withdraw_consent(person, "sensitive", at=AT)

    touched = forget_without_consent(AT + DAY)

    assert (before, touched) == (SECRET, 1)
    for person in (first, mentees[0]):
        assert not any(facts_in(offline)[person.pk][name] for name in CONFIDENTIAL)
    kept = MatchRun.objects.get(pk=offline.pk)
    assert (kept.digest, kept.repeatable, kept.placed) == (offline.digest, False, 3)


def test_a_pair_made_offline_keeps_no_sheet_without_consent(offline, people):
    (first, _second), mentees = people
    withdraw_consent(mentees[0], "matching", at=AT)

    forget_without_consent(AT + DAY)

    facts = facts_in(offline)[mentees[0].pk]
    assert {name for name, value in facts.items() if value not in (None, "", [], {}, 0, False, [None] * 4)} == {"key"}
    assert (mentees[0].pk, first.pk) in unpack(bytes(MatchRun.objects.get(pk=offline.pk).input)).settled.offline
    assert forget_without_consent(AT + 2 * DAY) == 0


@pytest.mark.parametrize("published", [False, True])
@pytest.mark.parametrize("side", ["mentee", "mentor"])
def test_every_page_of_the_run_stays_readable(client, run, coordinator, people, side, published):
    (first, _second), mentees = people
    if published:
        actions.publish_run(run, actor=coordinator, at=AT)
    withdraw_consent(first if side == "mentor" else mentees[0], "matching", at=AT)
    forget_without_consent(AT + DAY)

    answers = {address: client.get(address).status_code for address in pages_of(run)}

    assert {address: status for address, status in answers.items() if status != 200} == {}
    assert "took a consent back" in client.get(run.get_absolute_url()).content.decode()


def test_the_protocol_says_that_the_run_cannot_be_repeated(client, run, people):
    withdraw_consent(people[1][0], "matching", at=AT)
    forget_without_consent(AT + DAY)
    page = reverse("mentoring_matching:run_repeat", args=[run.cohort_id, run.pk])

    said = [client.post(page, {what: "1"}, follow=True).content.decode() for what in ("repeat", "verify")]

    assert all("cannot be confirmed any more" in text for text in said)
