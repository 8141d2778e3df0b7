"""Answers as people read them, in their sections."""

from dataclasses import dataclass

from lms.questionnaires.models import Response, Version
from mentoring_ext.registrations.models import Registration


@dataclass(frozen=True)
class AnsweredPart:
    """One section: its title, and what was asked with what was answered, in words."""

    title: str
    rows: list[tuple[str, str]]


def parts_of(response: Response) -> list[AnsweredPart]:
    """Return the answers of a response in the order of its form; what was left open is left out."""
    answers = {answer.question_id: answer.words for answer in response.answers.select_related("question")}
    version = Version.objects.with_questions().get(pk=response.version_id)
    parts = [
        AnsweredPart(section.title, [(q.text, answers[q.pk]) for q in section.questions.all() if q.pk in answers])
        for section in version.sections.all()
    ]
    return [part for part in parts if part.rows]


def answered_parts(registration: Registration) -> list[AnsweredPart]:
    """Return what somebody who registered answered."""
    response = Response.objects.about(registration).first()
    return parts_of(response) if response else []
