from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("mentoring_matching", "0003_carry_over_runs")]

    operations = [
        migrations.RemoveField("matchrun", "mentor_keys"),
        migrations.RemoveField("matchrun", "places"),
        migrations.RemoveField("proposal", "options"),
    ]
