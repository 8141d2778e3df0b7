"""Give calls and applications the form that they have asked and answered so far, now that each names its own."""

from django.db import migrations
from django.utils import timezone

SLUG = "application-first-form"
LONG, SHORT = "long_text", "text"
SECTIONS = (
    (
        "Who you are",
        (
            ("first_name", SHORT, "First name", "", True),
            ("last_name", SHORT, "Family name", "", True),
            ("email", "email", "E-mail address", "We send you a link to confirm your application.", True),
            ("country", "country", "Country where you live", "", True),
        ),
    ),
    (
        "What you bring along",
        (
            ("headline", SHORT, "What do you do? Say it in one line.", "For example: photographer and teacher.", True),
            ("competences", "choices", "What can you help others with?", "", True),
            ("experience", LONG, "What have you done in your work, and what do you know well?", "", True),
            ("cv", "file", "Your CV", "", False),
        ),
    ),
    (
        "Why you apply",
        (
            (
                "motivation",
                LONG,
                "Why do you want to be a mentor?",
                "What would you like to change for the people whom you help?",
                True,
            ),
        ),
    ),
)


def give_form(apps, schema_editor):
    call = apps.get_model("mentoring_applications", "Call")
    if not call.objects.filter(version=None).exists():
        return
    version = first_form(apps)
    call.objects.filter(version=None).update(version=version)
    apps.get_model("mentoring_applications", "Application").objects.filter(version=None).update(version=version)


def first_form(apps):
    questionnaire, _created = apps.get_model("lms_questionnaires", "Questionnaire").objects.get_or_create(
        slug=SLUG, defaults={"title": "Application as a mentor", "use": "application_external"}
    )
    versions = apps.get_model("lms_questionnaires", "Version").objects
    version, created = versions.get_or_create(
        questionnaire=questionnaire, number=1, defaults={"published_at": timezone.now()}
    )
    if created:
        write_questions(apps, version)
    return version


def write_questions(apps, version):
    section = apps.get_model("lms_questionnaires", "Section")
    question = apps.get_model("lms_questionnaires", "Question")
    for place, (title, questions) in enumerate(SECTIONS):
        part = section.objects.create(version=version, title=title, order=place)
        for number, (name, kind, text, help_text, required) in enumerate(questions):
            question.objects.create(
                section=part,
                order=number,
                code=name,
                field=name,
                kind=kind,
                text=text,
                help=help_text,
                required=required,
            )


def take_form(apps, schema_editor):
    for name in ("Call", "Application"):
        apps.get_model("mentoring_applications", name).objects.update(version=None)


class Migration(migrations.Migration):
    dependencies = [
        ("lms_questionnaires", "0002_compose_forms_with_conditions"),
        ("mentoring_applications", "0006_number_drafts"),
    ]

    operations = [migrations.RunPython(give_form, take_form)]
