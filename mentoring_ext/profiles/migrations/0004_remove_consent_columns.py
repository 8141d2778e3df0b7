from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("mentoring_profiles", "0003_carry_consents_and_fill_index")]

    operations = [
        migrations.RemoveField(
            model_name="menteeprofile",
            name="consented_at",
        ),
        migrations.RemoveField(
            model_name="mentorprofile",
            name="consented_at",
        ),
        migrations.RemoveField(
            model_name="sensitivedetails",
            name="consented_at",
        ),
    ]
