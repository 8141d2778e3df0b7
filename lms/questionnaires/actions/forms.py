"""Beginning, naming and putting aside the forms that an organisation composes."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count

from django.db import transaction
from django.utils.text import slugify

from lms.journal.actions import record
from lms.people.models import Organisation, User
from lms.questionnaires.actions.composing import compose_questionnaire
from lms.questionnaires.errors import VersionNotPublished, VersionPublished
from lms.questionnaires.models import Questionnaire, Version
from lms.questionnaires.spec import SectionSpec


@transaction.atomic
def new_form(
    organisation: Organisation,
    *,
    actor: User,
    use: str,
    title: str,
    sections: Sequence[SectionSpec],
    purpose: str = "",
    seen_by: str = "",
    at: datetime,
) -> Questionnaire:
    """Begin an organisation's own form, such as a copy of a template; people see it once a version is published.

    Raises ``CodeTwice``, ``OptionsMissing`` and ``ConditionBroken``.
    """
    form = compose_questionnaire(
        _free_slug(organisation, title),
        actor=actor,
        title=title,
        sections=sections,
        purpose=purpose,
        seen_by=seen_by,
        organisation=organisation,
        use=use,
    )
    form.versions.update(changed_at=at, changed_by=actor)
    return form


def _free_slug(organisation: Organisation, title: str) -> str:
    stem = f"{organisation.slug[:20]}-{slugify(title)[:20] or 'form'}"
    tries = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(slug for slug in tries if not Questionnaire.objects.filter(slug=slug).exists())


@transaction.atomic
def change_heading(
    questionnaire: Questionnaire, *, actor: User, title: str, purpose: str, seen_by: str, at: datetime
) -> Questionnaire:
    """Change the form's title and the words on top of it; they hold for all its versions at once."""
    questionnaire.title, questionnaire.purpose, questionnaire.seen_by = title, purpose, seen_by
    questionnaire.save(update_fields=["title", "purpose", "seen_by"])
    record("changed", questionnaire, actor=actor, at=at)
    return questionnaire


@transaction.atomic
def drop_version(version: Version, *, actor: User, at: datetime) -> None:
    """Throw the changes away that are not published; what is published stays.

    Raises ``VersionPublished``, and ``VersionNotPublished`` for a form that has nothing else.
    """
    version = Version.objects.select_for_update(of=("self",)).select_related("questionnaire").get(pk=version.pk)
    if version.published_at:
        raise VersionPublished
    if not version.questionnaire.versions.published().exists():
        raise VersionNotPublished
    record("deleted", version, actor=actor, context=version.questionnaire, at=at)
    version.delete()
