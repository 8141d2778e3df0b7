"""Give each call its plan of review and its criteria; until now they were made when somebody first looked."""

from django.db import migrations

CRITERIA = [
    ("Availability", "Has time every week, at hours when mentees can meet.", 3),
    ("Motivation", "Wants to help others to go on, and knows why.", 3),
    ("Competences", "Knows well what mentees want to learn, and can explain it.", 3),
    ("Digital experience", "Uses digital tools with ease, learnt by education or at work.", 2),
    ("Cultural sector", "Works or has worked in the cultural sector. Preferred, not asked for.", 1),
]
QUESTIONS = """What do you do, and what do you like about it?
Tell us of somebody to whom you explained something. How did it go?
Why would you like to be a mentor now?
How much time have you got, and when?
What would you do if a mentee does not come twice?
What do you need from us?"""


def give_plans(apps, schema_editor):
    plan = apps.get_model("mentoring_applications", "ReviewPlan")
    criterion = apps.get_model("mentoring_applications", "Criterion")
    for call in apps.get_model("mentoring_applications", "Call").objects.filter(review_plan=None):
        plan.objects.create(call=call, questions=QUESTIONS)
        start = criterion.objects.filter(call=call).count()
        criterion.objects.bulk_create(
            criterion(call=call, name=name, text=text, weight=weight, order=start + place)
            for place, (name, text, weight) in enumerate(CRITERIA)
        )


class Migration(migrations.Migration):
    dependencies = [("mentoring_applications", "0009_order_criteria_by_their_place")]

    operations = [migrations.RunPython(give_plans, migrations.RunPython.noop)]
