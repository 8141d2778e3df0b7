"""Every call asks one form."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lms_questionnaires", "0002_compose_forms_with_conditions"),
        ("mentoring_applications", "0007_give_calls_their_form"),
    ]

    operations = [
        migrations.AlterField(
            model_name="call",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="lms_questionnaires.version",
                verbose_name="what the call asks",
            ),
        ),
        migrations.AlterField(
            model_name="application",
            name="place",
            field=models.CharField(blank=True, max_length=150, verbose_name="town"),
        ),
    ]
