"""Two people who write one evaluation at the same time: what both wrote is kept, and shown where it differs."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from lms.questionnaires.forms import QuestionnaireForm
from lms.questionnaires.models import Response, Version
from mentoring_ext.registrations.errors import WrittenMeanwhile

EMPTY: tuple[Any, ...] = (None, "", [])


def both_answers(stored: Mapping[str, Any], typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed, and where nothing was, what stands there already."""
    return {**typed, **{code: value for code, value in stored.items() if typed.get(code) in EMPTY}}


def differing(stored: Mapping[str, Any], typed: Mapping[str, Any]) -> set[str]:
    """Return the codes of the questions that have two answers."""
    return {code for code, value in stored.items() if typed.get(code) not in (*EMPTY, value)}


def form_with_both(version: Version, data: QueryDict, typed: Mapping[str, Any], error: WrittenMeanwhile) -> Any:
    """Return the form with what was typed, the other person's words beside it, and theirs where nothing was typed."""
    merged, answers = data.copy(), list(error.response.answers.select_related("question"))
    form = QuestionnaireForm(version, merged, draft=True)
    for answer in answers:
        if typed.get(answer.question.code) in EMPTY:
            merged.setlist(form.add_prefix(answer.question.code), _as_posted(answer.value))
    form.add_error(None, ValidationError(str(error.text), code=error.code))
    differs = differing({answer.question.code: answer.value for answer in answers}, typed)
    for answer in answers:
        if answer.question.code in differs:
            words = _("The answer that was saved meanwhile: “%(words)s”") % {"words": answer.words}
            form.add_error(answer.question.code, words)
    return form


def saved_mark(response: Response | None) -> str:
    """Return a mark of what was saved last; a page that brings an older one was opened before."""
    return response.saved_at.isoformat() if response else ""


def _as_posted(value: Any) -> list[str]:
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]
