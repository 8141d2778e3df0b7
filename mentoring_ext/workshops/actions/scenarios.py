"""Writing scenarios of use."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from lms.journal.actions import record
from lms.people.models import User
from mentoring_ext.workshops.errors import NotYours
from mentoring_ext.workshops.models import Scenario, ScenarioPart
from mentoring_ext.workshops.permissions import organisations_planned_for


@transaction.atomic
def write_scenario(scenario: Scenario | None, *, actor: User, values: Mapping[str, Any], at: datetime) -> Scenario:
    """Begin a scenario, or change title, summary and whose it is. Raises ``NotYours`` ("not_yours")."""
    if not organisations_planned_for(actor).filter(pk=values["organisation"].pk).exists():
        raise NotYours
    is_new = scenario is None
    scenario = scenario or Scenario(written_by=actor)
    for name, value in values.items():
        setattr(scenario, name, value)
    scenario.changed_at = at
    scenario.save()
    record("created" if is_new else "changed", scenario, actor=actor, context=scenario.organisation, at=at)
    return scenario


@transaction.atomic
def publish_scenario(scenario: Scenario, *, actor: User, published: bool, at: datetime) -> Scenario:
    """Put a scenario into the library for everybody, or take it out."""
    scenario.published = published
    scenario.save(update_fields=["published"])
    record("published" if published else "withdrew", scenario, actor=actor, context=scenario.organisation, at=at)
    return scenario


@transaction.atomic
def add_part(scenario: Scenario, *, actor: User, kind: str, text: str, at: datetime) -> ScenarioPart:
    """Add a part at the end."""
    part: ScenarioPart = ScenarioPart.objects.create(scenario=scenario, kind=kind, text=text)
    _changed(scenario, actor, at)
    return part


@transaction.atomic
def change_part(part: ScenarioPart, *, actor: User, kind: str, text: str, at: datetime) -> ScenarioPart:
    """Change a part's kind and text."""
    part.kind, part.text = kind, text
    part.save()
    _changed(part.scenario, actor, at)
    return part


@transaction.atomic
def move_part(part: ScenarioPart, *, actor: User, place: int, at: datetime) -> ScenarioPart:
    """Put a part at a place, 0 for the first."""
    Scenario.objects.select_for_update().get(pk=part.scenario_id)
    part.refresh_from_db()
    part.to(max(0, min(place, part.scenario.parts.count() - 1)))
    _changed(part.scenario, actor, at)
    return part


@transaction.atomic
def remove_part(part: ScenarioPart, *, actor: User, at: datetime) -> None:
    """Take a part away."""
    part.delete()
    _changed(part.scenario, actor, at)


def _changed(scenario: Scenario, actor: User, at: datetime) -> None:
    scenario.changed_at = at
    scenario.save(update_fields=["changed_at"])
    record("changed", scenario, actor=actor, context=scenario.organisation, at=at)
