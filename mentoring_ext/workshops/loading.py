"""Reading the shipped scenarios, and bringing the library to what they say."""

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from mentoring_ext.workshops.models import Scenario, ScenarioPart

FILE = Path(__file__).parent / "data" / "scenarios.yaml"


@transaction.atomic
def load_scenarios(at: datetime) -> list[Scenario]:
    """Make the shipped scenarios, or bring their parts up to date; loading twice changes nothing."""
    rows: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return [_load(row, at) for row in rows]


def _load(row: dict[str, Any], at: datetime) -> Scenario:
    head = {"summary": row["summary"], "published": True}
    scenario, _is_new = Scenario.objects.update_or_create(
        title=row["title"], organisation=None, defaults=head, create_defaults={**head, "changed_at": at}
    )
    wanted = [(part["kind"], part["text"].strip()) for part in row["parts"]]
    if wanted != list(scenario.parts.values_list("kind", "text")):
        scenario.parts.all().delete()
        for kind, text in wanted:
            ScenarioPart.objects.create(scenario=scenario, kind=kind, text=text)
    return scenario
