"""Composing questionnaires, and answering them."""

from lms.questionnaires.actions.answering import answers_of, save_draft, submit_response
from lms.questionnaires.actions.composing import (
    compose_questionnaire,
    load_questionnaire,
    newest_version,
    publish_version,
    sections_of,
    start_version,
    write_version,
)

__all__ = [
    "answers_of",
    "compose_questionnaire",
    "load_questionnaire",
    "newest_version",
    "publish_version",
    "save_draft",
    "sections_of",
    "start_version",
    "submit_response",
    "write_version",
]
