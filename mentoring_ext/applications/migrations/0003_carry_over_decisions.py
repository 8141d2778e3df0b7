"""Write down who decided on applications before there was a table for it."""

from django.db import migrations


def carry_over(apps, schema_editor):
    application = apps.get_model("mentoring_applications", "Application")
    decision = apps.get_model("mentoring_applications", "Decision")
    change = apps.get_model("mentoring_applications", "StageChange")
    for found in application.objects.filter(stage__in=["accepted", "declined"], decision=None):
        last = change.objects.filter(application=found, stage=found.stage).order_by("-at", "-pk").first()
        decision.objects.create(
            application=found,
            outcome=found.stage,
            reason=found.answer,
            actor_id=last.actor_id if last else None,
            at=last.at if last else found.applied_at,
        )


class Migration(migrations.Migration):
    dependencies = [("mentoring_applications", "0002_reviewing")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
