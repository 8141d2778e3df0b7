"""Questionnaires, their versions, sections and questions, and the answers that keep the version they answered."""

from lms.questionnaires.conditions import as_codes
from lms.questionnaires.models.question import Question
from lms.questionnaires.models.questionnaire import Questionnaire, Section, Version, VersionQuerySet
from lms.questionnaires.models.response import Answer, Response, ResponseQuerySet

__all__ = [
    "Answer",
    "Question",
    "Questionnaire",
    "Response",
    "ResponseQuerySet",
    "Section",
    "Version",
    "VersionQuerySet",
    "as_codes",
]
