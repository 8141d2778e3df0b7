"""Composing questionnaires, and answering them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.people.models import Organisation, User
from lms.questionnaires.errors import (
    AlreadySubmitted,
    AnswersMissing,
    CodeTwice,
    NothingToPublish,
    OptionsMissing,
    VersionNotPublished,
    VersionPublished,
)
from lms.questionnaires.models import Answer, Question, Questionnaire, Response, Section, Version
from lms.questionnaires.spec import (
    QuestionSpec,
    SectionSpec,
    codes_used_twice,
    questions_without_options,
    read_spec,
)


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
    number: int = 1,
) -> Questionnaire:
    """Create a questionnaire with a first version that waits to be published.

    Raises ``CodeTwice`` and ``OptionsMissing``.
    """
    questionnaire = Questionnaire.objects.create(
        slug=slug, title=title, purpose=purpose, seen_by=seen_by, organisation=organisation
    )
    version = Version.objects.create(questionnaire=questionnaire, number=number)
    write_version(version, actor=actor, sections=sections)
    record("created", questionnaire, actor=actor)
    return questionnaire


@transaction.atomic
def write_version(version: Version, *, actor: User | None, sections: Sequence[SectionSpec]) -> Version:
    """Put these sections in place of what the version asked so far.

    Raises ``VersionPublished``, ``CodeTwice`` and ``OptionsMissing``.
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


def _write_section(version: Version, place: int, spec: SectionSpec) -> None:
    section = Section.objects.create(version=version, title=spec.title, text=spec.text, order=place)
    Question.objects.bulk_create(
        Question(
            section=section,
            order=number,
            code=question.code,
            kind=question.kind,
            text=question.text,
            help=question.help,
            required=question.required,
            options=list(question.options),
            aspect=question.aspect,
            competence=question.competence,
        )
        for number, question in enumerate(spec.questions)
    )


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
        SectionSpec(title=section.title, text=section.text, questions=[_spec_of(q) for q in section.questions.all()])
        for section in version.sections.all()
    ]


def _spec_of(question: Question) -> QuestionSpec:
    return QuestionSpec(
        code=question.code,
        kind=question.kind,
        text=question.text,
        help=question.help,
        required=question.required,
        options=question.options,
        aspect=question.aspect,
        competence=question.competence,
    )


@transaction.atomic
def publish_version(questionnaire: Questionnaire, *, actor: User | None, at: datetime) -> Version:
    """Open the version that is being composed to answers; from then on it does not change.

    Raises ``NothingToPublish``, ``CodeTwice`` and ``OptionsMissing``.
    """
    version = questionnaire.versions.with_questions().filter(published_at=None).order_by("-number").first()
    sections = sections_of(version) if version else []
    if version is None or not any(section.questions for section in sections):
        raise NothingToPublish
    _check(sections)
    version.published_at = at
    version.save(update_fields=["published_at"])
    record("published", version, actor=actor, context=questionnaire, at=at)
    return version


@transaction.atomic
def load_questionnaire(path: Path, *, at: datetime, actor: User | None = None) -> Version:
    """Publish the questionnaire that a YAML file describes; a version that is there already is returned as it is.

    A version is the same when slug and number are. The file's shape stands in ``lms.questionnaires.spec``.
    """
    spec = read_spec(path)
    there = Version.objects.published().filter(questionnaire__slug=spec.slug, number=spec.number).first()
    if there:
        return there
    heading = {"title": spec.title, "purpose": spec.purpose, "seen_by": spec.seen_by}
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


@transaction.atomic
def save_draft(
    version: Version, *, actor: User | None, subject: models.Model, answers: Mapping[str, Any], at: datetime
) -> Response:
    """Keep what ``actor`` answered so far about ``subject``; ``answers`` maps question codes to values.

    Questions that ``answers`` does not name keep what they had; None takes an answer away. A person without account
    (``actor`` None) has the one response that the subject has from nobody.
    Raises ``VersionNotPublished`` and ``AlreadySubmitted``.
    """
    if not version.published_at:
        raise VersionNotPublished
    response, _created = Response.objects.select_for_update().get_or_create(
        version=version,
        respondent=actor,
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        defaults={"saved_at": at},
    )
    if response.state == Response.State.SUBMITTED:
        raise AlreadySubmitted
    _keep(response, answers, at)
    return response


@transaction.atomic
def submit_response(response: Response, *, answers: Mapping[str, Any], at: datetime) -> Response:
    """Hand in the answers; from then on they stay as they are.

    Raises ``AlreadySubmitted``, and ``AnswersMissing`` with the codes of the questions that need an answer.
    """
    locked = Response.objects.select_for_update().get(pk=response.pk)
    if locked.state == Response.State.SUBMITTED:
        raise AlreadySubmitted
    _keep(response, answers, at)
    _require_answers(response)
    response.state = Response.State.SUBMITTED
    response.submitted_at = at
    response.save(update_fields=["state", "submitted_at"])
    record("answered", response, actor=response.respondent, context=response.version.questionnaire, at=at)
    return response


def answers_of(response: Response) -> dict[str, Any]:
    """Return the answers that a response holds, by question code."""
    return dict(response.answers.values_list("question__code", "value"))


def _keep(response: Response, answers: Mapping[str, Any], at: datetime) -> None:
    questions = Question.objects.filter(section__version=response.version, code__in=answers)
    given = [question for question in questions if not _is_empty(answers[question.code])]
    response.answers.filter(question__in=set(questions) - set(given)).delete()
    Answer.objects.bulk_create(
        [Answer(response=response, question=question, value=answers[question.code]) for question in given],
        update_conflicts=True,
        unique_fields=["response", "question"],
        update_fields=["value"],
    )
    response.saved_at = at
    response.save(update_fields=["saved_at"])


def _require_answers(response: Response) -> None:
    open_questions = (
        Question.objects.filter(section__version=response.version, required=True)
        .exclude(answers__response=response)
        .order_by("section__order", "order")
    )
    missing = list(open_questions.values_list("code", flat=True))
    if missing:
        raise AnswersMissing(missing)


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value == []
