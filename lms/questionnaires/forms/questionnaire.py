"""A Django form made of a version: its sections are parts, its scales rows of radio buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from lms.files.forms import PrivateFileField, stored_value
from lms.people.models import User
from lms.questionnaires.conditions import Condition, conditions_of, shown_codes
from lms.questionnaires.forms.fields import field_for
from lms.questionnaires.models import Question, Section, Version
from lms.questionnaires.uses import typed_fields_of


@dataclass(frozen=True)
class When:
    """The condition of a section or a question as the page needs it: the field's name, the answers, a sentence."""

    name: str
    answers: str
    words: str


@dataclass(frozen=True)
class Item:
    """One question as it stands in the form; a statement has no field."""

    question: Question
    field: forms.BoundField | None
    when: When | None = None


@dataclass(frozen=True)
class Part:
    """One section of the questionnaire with its questions as they stand in the form."""

    section: Section
    items: list[Item]
    when: When | None = None


class QuestionnaireForm(forms.Form):
    """Asks what a version asks; a field's name is the question's code.

    ``answers`` are the values kept so far, by code, or by column for those that fill one; an upload's is its
    ``StoredFile``. With ``draft`` nothing must be answered, so that a draft can always be kept. A question whose
    condition does not hold is not asked: nothing is required there, and what was typed is not kept.
    """

    def __init__(
        self,
        version: Version,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, UploadedFile[Any]] | None = None,
        *,
        answers: Mapping[str, Any] | None = None,
        draft: bool = False,
        prefix: str = "q",
    ) -> None:
        super().__init__(data, files, prefix=prefix)
        self.sections = list(version.sections.all())
        self.questions = [question for section in self.sections for question in section.questions.all()]
        self._typed = typed_fields_of(version.questionnaire.use)
        self._conditions: dict[str, list[Condition]] = {}
        for section in self.sections:
            for question in section.questions.all():
                self._conditions[question.code] = conditions_of(section, question)
                self._add(question, answers or {}, draft=draft)
        self.hidden = self._hidden() if self.is_bound else set()
        for code in self.hidden & set(self.fields):
            self.fields[code].required = False

    def _add(self, question: Question, answers: Mapping[str, Any], *, draft: bool) -> None:
        if question.kind == Question.Kind.STATEMENT:
            return
        self.fields[question.code] = field_for(
            question,
            answers.get(question.code, answers.get(question.field)),
            choices=self.choices_of(question),
            required=question.required and not draft,
            sometimes=bool(self._conditions[question.code]),
        )

    def choices_of(self, question: Question) -> Sequence[tuple[str, Any]]:
        """Return the answers that a question offers; a standard field brings those of its use."""
        typed = self._typed.get(question.field)
        return typed.choices if typed and typed.choices else question.choices

    def _hidden(self) -> set[str]:
        answers = {condition.code: None for asked in self._conditions.values() for condition in asked}
        given = {code: self._read(code) for code in answers if code in self.fields}
        return set(self._conditions) - set(shown_codes(self._conditions.items(), given))

    def _read(self, code: str) -> Any:
        field = self.fields[code]
        try:
            return field.clean(field.widget.value_from_datadict(self.data, self.files, self.add_prefix(code)))
        except ValidationError:
            return None

    def clean(self) -> dict[str, Any]:
        """Forget what was typed where nothing was asked, with its mistakes."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for code in self.hidden:
            cleaned.pop(code, None)
            self.errors.pop(code, None)
        return cleaned

    @property
    def parts(self) -> list[Part]:
        """The sections with their questions, in order."""
        return [
            Part(section, [self._item(question) for question in section.questions.all()], self._when(section))
            for section in self.sections
        ]

    def _item(self, question: Question) -> Item:
        field = self[question.code] if question.code in self.fields else None
        return Item(question, field, self._when(question))

    def _when(self, thing: Section | Question) -> When | None:
        asked = next((question for question in self.questions if question.code == thing.only_if), None)
        if asked is None:
            return None
        texts = dict(self.choices_of(asked))
        answers = _(" or ").join(f"“{texts.get(code, code)}”" for code in thing.only_if_answers)
        words = _("Only if you answered %(answers)s to “%(question)s” above.")
        return When(
            self.add_prefix(asked.code),
            " ".join(thing.only_if_answers),
            words % {"answers": answers, "question": asked.text},
        )

    def store_uploads(self, *, actor: User | None) -> None:
        """Store the fresh uploads of a clean form, so that the values below hold each as its ``StoredFile``."""
        for name, field in self.fields.items():
            if isinstance(field, PrivateFileField) and name in self.cleaned_data:
                self.cleaned_data[name] = stored_value(self, name, actor=actor)

    def typed_fields(self) -> dict[str, Any]:
        """Return what was typed for the use's typed columns, by column; an empty value for what was not asked."""
        self.is_valid()
        return {
            question.field: self.cleaned_data.get(question.code, _nothing(question))
            for question in self.questions
            if question.field and question.code not in self.errors
        }

    def typed_answers(self) -> dict[str, Any]:
        """Return what was typed and can be kept, by code; None where a question was left open or was not asked.

        Questions that fill a typed column are not among them.
        """
        self.is_valid()
        return {
            question.code: _as_kept(question, self.cleaned_data.get(question.code))
            for question in self.questions
            if question.code in self.fields and not question.field and question.code not in self.errors
        }


def _nothing(question: Question) -> Any:
    if question.kind == Question.Kind.CHOICES:
        return []
    numbers = {Question.Kind.SCALE, Question.Kind.NUMBER, Question.Kind.YES_NO, Question.Kind.DATE}
    return None if question.kind in {*numbers, *Question.FILES} else ""


def _as_kept(question: Question, value: Any) -> Any:
    """Return a cleaned value as an answer keeps it: days as text, whole numbers without a point."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value or None if question.kind == Question.Kind.CONSENT else value
