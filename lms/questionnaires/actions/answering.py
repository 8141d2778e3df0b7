"""Answering questionnaires."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction

from lms.files.actions import store_upload
from lms.files.kinds import DOCUMENTS, PICTURES
from lms.files.models import StoredFile
from lms.journal.actions import record
from lms.people.models import User
from lms.questionnaires.conditions import conditions_of, shown_codes
from lms.questionnaires.errors import AlreadySubmitted, AnswersMissing, VersionNotPublished
from lms.questionnaires.models import Answer, Question, Response, Version

FILE_KINDS = {Question.Kind.FILE: DOCUMENTS, Question.Kind.PICTURE: PICTURES}


@transaction.atomic
def save_draft(
    version: Version, *, actor: User | None, subject: models.Model, answers: Mapping[str, Any], at: datetime
) -> Response:
    """Keep what ``actor`` answered so far about ``subject``; ``answers`` maps question codes to values.

    Questions that ``answers`` does not name keep what they had; None takes an answer away. A person without account
    (``actor`` None) has the one response that the subject has from nobody. Uploads are stored, and a ``StoredFile``
    is kept.
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
def submit_response(
    response: Response, *, answers: Mapping[str, Any], at: datetime, columns: Mapping[str, Any] | None = None
) -> Response:
    """Hand in the answers; from then on they stay as they are.

    ``columns`` are the values of typed columns by name, which conditions may rest on; they are kept by their room.
    Questions that are not shown need no answer, and theirs goes.
    Raises ``AlreadySubmitted``, and ``AnswersMissing`` with the codes of the questions that need an answer.
    """
    locked = Response.objects.select_for_update().get(pk=response.pk)
    if locked.state == Response.State.SUBMITTED:
        raise AlreadySubmitted
    _keep(response, answers, at)
    _require_answers(response, columns or {})
    response.state = Response.State.SUBMITTED
    response.submitted_at = at
    response.save(update_fields=["state", "submitted_at"])
    record("answered", response, actor=response.respondent, context=response.version.questionnaire, at=at)
    return response


def answers_of(response: Response) -> dict[str, Any]:
    """Return the answers that a response holds, by question code; of an upload its ``StoredFile``."""
    kept = response.answers.select_related("question", "file")
    return {answer.question.code: answer.file or answer.value for answer in kept}


def _keep(response: Response, answers: Mapping[str, Any], at: datetime) -> None:
    asked = Question.objects.filter(section__version=response.version_id, code__in=answers, field="")
    questions = [question for question in asked if question.kind != Question.Kind.STATEMENT]
    given = [question for question in questions if not _says_nothing(question, answers[question.code])]
    response.answers.filter(question__in=set(questions) - set(given)).delete()
    Answer.objects.bulk_create(
        [_answer(response, question, answers[question.code]) for question in given],
        update_conflicts=True,
        unique_fields=["response", "question"],
        update_fields=["value", "file"],
    )
    response.saved_at = at
    response.save(update_fields=["saved_at"])


def _answer(response: Response, question: Question, value: Any) -> Answer:
    if isinstance(value, UploadedFile):
        value = store_upload(value, actor=response.respondent, kinds=FILE_KINDS[Question.Kind(question.kind)])
    if isinstance(value, StoredFile):
        return Answer(response=response, question=question, value=value.name, file=value)
    return Answer(response=response, question=question, value=value)


def _require_answers(response: Response, columns: Mapping[str, Any]) -> None:
    asked = Question.objects.filter(section__version=response.version_id).select_related("section")
    questions = {question.code: question for question in asked.order_by("section__order", "order")}
    given = answers_of(response)
    values = {code: columns.get(question.field, given.get(code)) for code, question in questions.items()}
    outline = [(code, conditions_of(question.section, question)) for code, question in questions.items()]
    shown = shown_codes(outline, values)
    missing = [code for code in shown if _needs_answer(questions[code]) and _is_empty(given.get(code))]
    if missing:
        raise AnswersMissing(missing)
    response.answers.exclude(question__code__in=shown).delete()


def _needs_answer(question: Question) -> bool:
    return question.required and not question.field and question.kind != Question.Kind.STATEMENT


def _says_nothing(question: Question, value: Any) -> bool:
    return _is_empty(value) or (question.kind == Question.Kind.CONSENT and value is False)


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value == []
