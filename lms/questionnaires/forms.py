"""A Django form made of a version: its sections are fieldsets, its scales rows of radio buttons."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.questionnaires.models import Question, Section, Version, as_codes

MISSING = {"required": _("Please answer this question.")}


class ScaleSelect(forms.RadioSelect):
    """A row of radio buttons from worst to best; a column on a telephone."""

    template_name = "questionnaires/widgets/scale.html"


@dataclass(frozen=True)
class Part:
    """One section of the questionnaire with its fields as they stand in the form."""

    section: Section
    fields: list[forms.BoundField]


class QuestionnaireForm(forms.Form):
    """Asks what a version asks; a field's name is the question's code.

    ``answers`` are the values kept so far. With ``draft`` nothing must be answered, so that a draft can always be kept.
    """

    def __init__(
        self,
        version: Version,
        data: Mapping[str, Any] | None = None,
        *,
        answers: Mapping[str, Any] | None = None,
        draft: bool = False,
        prefix: str = "q",
    ) -> None:
        super().__init__(data, prefix=prefix)
        self.sections = list(version.sections.all())
        self.questions = [question for section in self.sections for question in section.questions.all()]
        for question in self.questions:
            value = (answers or {}).get(question.code)
            self.fields[question.code] = _field(question, value, required=question.required and not draft)

    @property
    def parts(self) -> list[Part]:
        """The sections with their fields, in order."""
        return [
            Part(section, [self[question.code] for question in section.questions.all()]) for section in self.sections
        ]

    def typed_answers(self) -> dict[str, Any]:
        """Return what was typed and can be kept, by code; None where a question was left open."""
        self.is_valid()
        return {code: value for code, value in self.cleaned_data.items() if code not in self.errors}


def _field(question: Question, value: Any, *, required: bool) -> forms.Field:
    make = FIELDS[Question.Kind(question.kind)]
    codes = as_codes(value)
    initial: Any = codes if question.kind == Question.Kind.CHOICES else (codes[0] if codes else None)
    field = make(question, label=question.text, help_text=question.help, required=required, initial=initial)
    field.error_messages |= MISSING
    return field


def _scale(question: Question, **options: Any) -> forms.Field:
    return forms.TypedChoiceField(choices=question.choices, coerce=int, empty_value=None, widget=ScaleSelect, **options)


def _yes_no(question: Question, **options: Any) -> forms.Field:
    return forms.TypedChoiceField(
        choices=question.choices, coerce=_is_yes, empty_value=None, widget=forms.RadioSelect, **options
    )


def _is_yes(code: str) -> bool:
    return code == "yes"


def _choice(question: Question, **options: Any) -> forms.Field:
    return forms.ChoiceField(choices=question.choices, widget=forms.RadioSelect, **options)


def _choices(question: Question, **options: Any) -> forms.Field:
    return forms.MultipleChoiceField(choices=question.choices, widget=forms.CheckboxSelectMultiple, **options)


def _text(question: Question, **options: Any) -> forms.Field:
    return forms.CharField(max_length=300, **options)


def _long_text(question: Question, **options: Any) -> forms.Field:
    return forms.CharField(max_length=5000, widget=forms.Textarea(attrs={"rows": 4}), **options)


FIELDS = {
    Question.Kind.SCALE: _scale,
    Question.Kind.YES_NO: _yes_no,
    Question.Kind.CHOICE: _choice,
    Question.Kind.CHOICES: _choices,
    Question.Kind.TEXT: _text,
    Question.Kind.LONG_TEXT: _long_text,
}
