"""Programmes allow wishes from now on: those whose cohorts asked for them already go on doing so."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.utils import timezone


def allow(apps: Apps, schema_editor: Any) -> None:
    """Let the programmes of cohorts that have a round of wishes allow it."""
    rounds = apps.get_model("mentoring_matching", "WishRound")
    defaults = apps.get_model("mentoring_matching", "PairingDefaults")
    for programme in set(rounds.objects.values_list("cohort__programme", flat=True)):
        told = {"wishes": True, "changed_at": timezone.now()}
        defaults.objects.update_or_create(programme_id=programme, defaults=told)


class Migration(migrations.Migration):
    dependencies = [("mentoring_matching", "0010_letters_to_who_waits")]

    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
