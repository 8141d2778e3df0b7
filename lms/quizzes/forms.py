"""The form of an attempt: one field for each question."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.quizzes.scoring import Answer, Question

GONE = _("This answer is not offered any more. Choose again.")


class AttemptForm(forms.Form):
    """Answers to a quiz. ``complete`` asks for every question; without it, gaps are fine (save and go on later)."""

    def __init__(
        self, data: Any, *, questions: Sequence[Question], saved: Mapping[str, Any], complete: bool = True
    ) -> None:
        initial = {f"question_{key}": value for key, value in saved.items()}
        super().__init__(data, initial=initial)
        for number, question in enumerate(questions, start=1):
            self.fields[f"question_{question.id}"] = field_for(question, number, complete)

    @property
    def answers(self) -> dict[int, Answer]:
        """Return what was answered in valid fields: choice ids, or a text; questions left open are left out."""
        return {
            int(name.removeprefix("question_")): _as_answer(value)
            for name, value in self.cleaned_data.items()
            if value not in ("", [], None)
        }


def _as_answer(value: Any) -> Answer:
    if isinstance(value, list):
        return [int(one) for one in value]
    return [value] if isinstance(value, int) else str(value)


def field_for(question: Question, number: int, required: bool) -> forms.Field:
    """Return the form field of one question."""
    label = f"{number}. {question.text}"
    if question.kind == "short_text":
        return forms.CharField(
            label=label,
            required=required,
            max_length=300,
            error_messages={"required": _("Write your answer.")},
        )
    choices = [(option.id, option.text) for option in question.options]
    if question.kind == "multiple":
        return forms.TypedMultipleChoiceField(
            label=label,
            required=required,
            choices=choices,
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("More than one answer may be right."),
            error_messages={"required": _("Choose at least one answer."), "invalid_choice": GONE},
        )
    return forms.TypedChoiceField(
        label=label,
        required=required,
        choices=choices,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer."), "invalid_choice": GONE},
    )
