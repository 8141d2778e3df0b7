"""Give drafts a number beside their key, which the journal needs; nobody had one yet."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lms_files", "0002_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("mentoring_applications", "0005_find_marks_of_a_criterion"),
    ]

    operations = [
        migrations.DeleteModel("DraftFile"),
        migrations.DeleteModel("Draft"),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("data", models.JSONField(default=dict)),
                ("saved_at", models.DateTimeField(verbose_name="saved")),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="mentoring_applications.call",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "application that is not sent yet",
                "verbose_name_plural": "applications that are not sent yet",
                "ordering": ["-saved_at"],
            },
        ),
        migrations.CreateModel(
            name="DraftFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.SlugField()),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="mentoring_applications.draft",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="lms_files.storedfile"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint("draft", "field", name="one_file_a_field_of_a_draft")],
            },
        ),
    ]
