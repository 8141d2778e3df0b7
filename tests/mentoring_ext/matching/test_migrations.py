"""Runs of the time when every pair was kept as JSON: they are read, shown and explained as before."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from mentoring_ext.matching.factors import DEFAULT_WEIGHTS, FACTORS
from mentoring_ext.matching.models import MatchRun
from mentoring_ext.matching.protocol import verify_run
from mentoring_ext.matching.solver import Refused
from mentoring_ext.matching.solving import tables_of
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
APP = "mentoring_matching"
ERASED = 999_999
"""The key of a mentor whose account is gone."""
PROOF = {"kind": "prices", "scale": 1_000_000, "crowd": [0, 1, 2], "places": [0, 1], "premium": 0, "seconds": 0.1} | {
    "mentee_prices": [0, 0, 0],
    "mentor_prices": [700_000, 600_000],
}
SPRING = datetime(2026, 4, 1, 12, tzinfo=UTC)


def migrate_to(name: str) -> Any:
    """Migrate the room to the migration of that name, and return the models as they were then."""
    MigrationExecutor(connection).migrate([(APP, name)])
    return MigrationExecutor(connection).loader.project_state([(APP, name)]).apps


def migrate_to_newest() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes(APP))


def pair_of(score: int, *rules: str) -> dict[str, Any]:
    """What was kept of a pair: all points come from the first factor."""
    rest = [0] * (len(FACTORS) - 1)
    return {"score": score, "values": [score, *rest], "points": [score, *rest], "rules": list(rules)}


@pytest.fixture
def kept() -> dict[str, Any]:
    """A run of then: two mentors, one of whom was erased since, and three mentees, one left over."""
    cohort = make.make_cohort()
    coordinator, mentor, *mentees = (make.make_user() for _ in range(5))
    make.make_member(cohort, "coordinator", user=coordinator)
    old, keys = migrate_to("0001_initial"), [mentor.pk, ERASED]
    run = old.get_model(APP, "MatchRun").objects.create(
        cohort_id=cohort.pk,
        made_by_id=coordinator.pk,
        made_at=SPRING,
        weights=DEFAULT_WEIGHTS,
        digest="d" * 64,
        total=1_300_000,
        bound=1_300_000,
        mentors=keys,
        places={str(mentor.pk): 1, str(ERASED): 1},
        certificate=PROOF | {"mentees": [person.pk for person in mentees], "mentor_of": [0, 1, -1]},
    )
    options = [(700_000, 500_000), (400_000, 600_000), (300_000, 200_000)]
    for person, (own, other), at in zip(mentees, options, (mentor, None, None), strict=True):
        against = ["availability"] if person == mentees[2] else []
        old.get_model(APP, "Proposal").objects.create(
            run_id=run.pk,
            mentee_id=person.pk,
            mentor_id=at.pk if at else None,
            score=own if at else 0,
            options={str(keys[0]): pair_of(own, *against), str(keys[1]): pair_of(other)},
        )
    return {"run": run.pk, "coordinator": coordinator, "mentor": mentor, "mentees": mentees}


def test_an_old_run_keeps_figures_pairs_and_reasons(kept: dict[str, Any], client: Client):
    migrate_to_newest()

    run = MatchRun.objects.get(pk=kept["run"])
    tables = tables_of(bytes(run.input))
    first, _second, last = kept["mentees"]
    assert (run.people, run.placed, run.weakest, run.optimal) == (3, 2, 600_000, True)
    assert [(row.mentor, row.places) for row in run.mentors.all()] == [(kept["mentor"], 1), (None, 1)]
    assert tables.score(first.pk, ERASED) == 500_000
    assert tables.parts(first.pk, kept["mentor"].pk)[1] == [700_000, *[0] * (len(FACTORS) - 1)]
    assert tables.rules_against(last.pk, kept["mentor"].pk) == ["hours"]
    with pytest.raises(Refused):
        verify_run(run)
    client.force_login(kept["coordinator"])
    for address in (run.get_absolute_url(), *(p.get_absolute_url() for p in run.proposals.all())):
        assert client.get(address).status_code == 200
    assert "no common free hours" in client.get(run.proposals.get(mentee=last).get_absolute_url()).content.decode()


def test_an_old_run_goes_back_as_it_was(kept: dict[str, Any]):
    migrate_to_newest()

    old = migrate_to("0001_initial")

    run = old.get_model(APP, "MatchRun").objects.get(pk=kept["run"])
    last = old.get_model(APP, "Proposal").objects.get(run=run, mentee_id=kept["mentees"][2].pk)
    assert run.mentors == [kept["mentor"].pk, ERASED]
    assert run.places == {str(kept["mentor"].pk): 1, str(ERASED): 1}
    assert last.options[str(kept["mentor"].pk)] == pair_of(300_000, "availability")
    migrate_to_newest()
