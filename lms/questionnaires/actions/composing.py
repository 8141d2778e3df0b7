"""Writing questionnaires as a whole, and publishing their versions."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.people.models import Organisation, User
from lms.questionnaires.errors import (
    CodeTwice,
    ConditionBroken,
    NothingToPublish,
    OptionsMissing,
    StandardFieldMissing,
    VersionNotPublished,
    VersionPublished,
)
from lms.questionnaires.models import Question, Questionnaire, Section, Version
from lms.questionnaires.spec import (
    QuestionSpec,
    SectionSpec,
    broken_conditions,
    codes_used_twice,
    questions_without_options,
    read_spec,
)
from lms.questionnaires.uses import typed_fields_of


@transaction.atomic
def compose_questionnaire(
    slug: str,
    *,
    actor: User | None,
    title: str,
    sections: Sequence[SectionSpec],
    purpose: str = "",
    seen_by: str = "",
    organisation: Organisation | None = None,
    use: str = "",
    number: int = 1,
) -> Questionnaire:
    """Create a questionnaire with a first version that waits to be published.

    Raises ``CodeTwice``, ``OptionsMissing`` and ``ConditionBroken``.
    """
    questionnaire = Questionnaire.objects.create(
        slug=slug, title=title, purpose=purpose, seen_by=seen_by, organisation=organisation, use=use
    )
    version = Version.objects.create(questionnaire=questionnaire, number=number)
    write_version(version, actor=actor, sections=sections)
    record("created", questionnaire, actor=actor)
    return questionnaire


@transaction.atomic
def write_version(version: Version, *, actor: User | None, sections: Sequence[SectionSpec]) -> Version:
    """Put these sections in place of what the version asked so far.

    Raises ``VersionPublished``, ``CodeTwice``, ``OptionsMissing`` and ``ConditionBroken``.
    """
    if version.published_at:
        raise VersionPublished
    _check(sections)
    version.sections.all().delete()
    for place, section in enumerate(sections):
        _write_section(version, place, section)
    record("changed", version, actor=actor, context=version.questionnaire)
    return version


def _check(sections: Sequence[SectionSpec]) -> None:
    if twice := codes_used_twice(sections):
        raise CodeTwice(_("Give every question its own code. Used twice: %(codes)s.") % {"codes": ", ".join(twice)})
    if missing := questions_without_options(sections):
        raise OptionsMissing(
            _("Offer at least two answers for each choice and scale: %(codes)s.") % {"codes": ", ".join(missing)}
        )
    if broken := broken_conditions(sections):
        raise ConditionBroken(
            _("What these wait for is not asked before them any more: %(names)s. Change their condition.")
            % {"names": ", ".join(broken)}
        )


def _check_standard_fields(questionnaire: Questionnaire, sections: Sequence[SectionSpec]) -> None:
    placed = {question.field for section in sections for question in section.questions}
    left_out = [
        field for field in typed_fields_of(questionnaire.use).values() if field.fixed and field.name not in placed
    ]
    if left_out:
        raise StandardFieldMissing(
            _("These standard fields must be asked: %(names)s. Add them.")
            % {"names": ", ".join(str(field.label) for field in left_out)}
        )


def _write_section(version: Version, place: int, spec: SectionSpec) -> None:
    section = Section.objects.create(version=version, order=place, **columns_of(spec))
    Question.objects.bulk_create(
        Question(section=section, order=number, **columns_of(question))
        for number, question in enumerate(spec.questions)
    )


def columns_of(spec: SectionSpec | QuestionSpec) -> dict[str, Any]:
    """Return what a row of the spec's model holds, without place and owner."""
    names = [field.name for field in fields(spec) if field.name != "questions"]
    values = {name: getattr(spec, name) for name in names}
    return {name: list(value) if isinstance(value, (list, tuple)) else value for name, value in values.items()}


@transaction.atomic
def start_version(questionnaire: Questionnaire, *, actor: User | None) -> Version:
    """Return the version that is being composed; where there is none, copy the newest into a new number."""
    newest = questionnaire.versions.with_questions().order_by("-number").first()
    if newest and not newest.published_at:
        return newest
    version = Version.objects.create(questionnaire=questionnaire, number=newest.number + 1 if newest else 1)
    return write_version(version, actor=actor, sections=sections_of(newest) if newest else [])


def sections_of(version: Version) -> list[SectionSpec]:
    """Return what a version asks as plain data."""
    return [
        section_spec(section, [question_spec(question) for question in section.questions.all()])
        for section in version.sections.all()
    ]


def section_spec(section: Section, questions: Sequence[QuestionSpec] = ()) -> SectionSpec:
    """Return a section as plain data; without its questions where they are not given."""
    return SectionSpec(
        title=section.title,
        text=section.text,
        only_if=section.only_if,
        only_if_answers=section.only_if_answers,
        questions=questions,
    )


def question_spec(question: Question) -> QuestionSpec:
    """Return a question as plain data."""
    return QuestionSpec(**{field.name: getattr(question, field.name) for field in fields(QuestionSpec)})


@transaction.atomic
def publish_version(questionnaire: Questionnaire, *, actor: User | None, at: datetime) -> Version:
    """Open the version that is being composed to answers; from then on it does not change.

    Raises ``NothingToPublish``, ``CodeTwice``, ``OptionsMissing``, ``ConditionBroken`` and ``StandardFieldMissing``.
    """
    version = questionnaire.versions.with_questions().filter(published_at=None).order_by("-number").first()
    sections = sections_of(version) if version else []
    if version is None or not any(section.questions for section in sections):
        raise NothingToPublish
    _check(sections)
    _check_standard_fields(questionnaire, sections)
    version.published_at = at
    version.save(update_fields=["published_at"])
    record("published", version, actor=actor, context=questionnaire, at=at)
    return version


@transaction.atomic
def load_questionnaire(path: Path, *, at: datetime, actor: User | None = None) -> Version:
    """Publish the questionnaire that a YAML file describes; a version that is there already is returned as it is.

    A version is the same when slug and number are. A form that somebody has changed on the site stays as it is there.
    The file's shape stands in ``lms.questionnaires.spec``.
    """
    spec = read_spec(path)
    versions = Version.objects.filter(questionnaire__slug=spec.slug)
    there = versions.published().filter(number=spec.number).first()
    if there is None and versions.exclude(changed_by=None).exists():
        there = versions.published().order_by("-number").first()
    if there:
        return there
    heading = {"title": spec.title, "purpose": spec.purpose, "seen_by": spec.seen_by, "use": spec.use}
    questionnaire, _created = Questionnaire.objects.update_or_create(slug=spec.slug, defaults=heading)
    version, _created = Version.objects.get_or_create(questionnaire=questionnaire, number=spec.number)
    write_version(version, actor=actor, sections=spec.sections)
    return publish_version(questionnaire, actor=actor, at=at)


def newest_version(questionnaire: Questionnaire) -> Version:
    """Return the version that people answer now; raises ``VersionNotPublished`` when there is none yet."""
    version = questionnaire.versions.published().order_by("-number").first()
    if version is None:
        raise VersionNotPublished
    return version
