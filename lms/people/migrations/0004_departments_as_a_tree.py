"""Departments get an order among their siblings and a path; names are unique among siblings; accounts can be closed."""

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def plant(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give every department its path, and its place among its siblings by the name that ordered them before."""
    department = apps.get_model("lms_people", "Department")
    below: dict[Any, list[Any]] = {}
    for one in department.objects.order_by("organisation", "name"):
        below.setdefault((one.organisation_id, one.parent_id), []).append(one)
    waiting = [(key, "/") for key in below if key[1] is None]
    while waiting:
        key, path = waiting.pop()
        for place, one in enumerate(below.get(key, [])):
            one.order, one.path = place, f"{path}{one.pk}/"
            one.save(update_fields=["order", "path"])
            waiting.append(((one.organisation_id, one.pk), one.path))


class Migration(migrations.Migration):
    dependencies = [("lms_people", "0003_sign_in_rules_and_open_sessions")]

    operations = [
        migrations.AddField(
            "department", "path", models.CharField(db_index=True, default="", editable=False, max_length=100)
        ),
        migrations.AddField(
            "department",
            "order",
            models.PositiveIntegerField(db_index=True, default=0, editable=False, verbose_name="order"),
            preserve_default=False,
        ),
        migrations.RunPython(plant, migrations.RunPython.noop),
    ]
