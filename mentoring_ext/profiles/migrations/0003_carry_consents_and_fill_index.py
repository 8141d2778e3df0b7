from pathlib import Path

import yaml
from django.db import migrations

from mentoring_ext.profiles.terms import terms_of

TEXTS = Path(__file__).parents[1] / "consents"


def carry_consents(apps, schema_editor):
    """Make consents of the times that stood in the sheets; the texts come in first, as they come with the room."""
    get = apps.get_model
    for name, models in (("matching", ("MentorProfile", "MenteeProfile")), ("sensitive", ("SensitiveDetails",))):
        given = {}
        for model in models:
            rows = get("mentoring_profiles", model).objects.exclude(consented_at=None)
            for user, at in rows.order_by("-consented_at").values_list("user", "consented_at"):
                given[user] = min(at, given.get(user, at))
        if given:
            version = _version(get, name, min(given.values()))
            get("lms_privacy", "Consent").objects.bulk_create(
                [
                    get("lms_privacy", "Consent")(user_id=user, version=version, way="carried", given_at=at)
                    for user, at in given.items()
                ],
                ignore_conflicts=True,
            )


def _version(get, name, at):
    versions = get("lms_privacy", "ConsentVersion").objects.filter(name=name)
    found = versions.order_by("number").first()
    if found is not None:
        return found
    version = versions.create(name=name, number=1, published_at=at)
    for language, said in yaml.safe_load((TEXTS / f"{name}.yaml").read_text(encoding="utf-8")).items():
        get("lms_privacy", "ConsentText").objects.create(
            version=version, language=language, title=said["title"], text=said["text"].strip()
        )
    return version


def bring_back_times(apps, schema_editor):
    """Write the times of the consents into the sheets again."""
    consents = apps.get_model("lms_privacy", "Consent").objects.filter(withdrawn_at=None, lapsed_at=None)
    for name, models in (("matching", ("MentorProfile", "MenteeProfile")), ("sensitive", ("SensitiveDetails",))):
        for user, at in consents.filter(version__name=name).values_list("user", "given_at"):
            for model in models:
                apps.get_model("mentoring_profiles", model).objects.filter(user=user).update(consented_at=at)


def fill_index(apps, schema_editor):
    """Write every mentor's words and codes into the index."""
    term = apps.get_model("mentoring_profiles", "MentorTerm")
    mentors = apps.get_model("mentoring_profiles", "MentorProfile").objects.select_related("user")
    for mentor in mentors.iterator(chunk_size=500):
        term.objects.bulk_create(
            [term(mentor=mentor, kind=kind, code=code) for kind, code in sorted(terms_of(mentor))],
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("mentoring_profiles", "0002_index_drafts_contact"),
        ("lms_privacy", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(carry_consents, bring_back_times),
        migrations.RunPython(fill_index, migrations.RunPython.noop),
    ]
