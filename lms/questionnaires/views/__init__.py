"""Composing pages."""

from lms.questionnaires.views.forms import (
    form_change,
    form_detail,
    form_drop,
    form_heading,
    form_list,
    form_new,
    form_preview,
    form_publish,
    form_put_back,
)
from lms.questionnaires.views.questions import (
    field_place,
    question_copy,
    question_edit,
    question_move,
    question_new,
    question_remove,
)
from lms.questionnaires.views.sections import section_edit, section_move, section_new, section_remove

__all__ = [
    "field_place",
    "form_change",
    "form_detail",
    "form_drop",
    "form_heading",
    "form_list",
    "form_new",
    "form_preview",
    "form_publish",
    "form_put_back",
    "question_copy",
    "question_edit",
    "question_move",
    "question_new",
    "question_remove",
    "section_edit",
    "section_move",
    "section_new",
    "section_remove",
]
