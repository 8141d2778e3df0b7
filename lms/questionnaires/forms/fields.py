"""One form field for every kind of question."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.files.forms import PrivateFileField
from lms.files.kinds import DOCUMENTS, PICTURES
from lms.files.models import StoredFile
from lms.questionnaires.forms.widgets import ScaleSelect, TelephoneInput
from lms.questionnaires.models import Question, as_codes

MISSING = {"required": _("Please answer this question.")}
TELEPHONE = r"^\+?[0-9 ()/.\-]{5,30}$"
AUTOCOMPLETE = {"first_name": "given-name", "last_name": "family-name", "email": "email", "telephone": "tel"}
"""What browsers fill in by themselves, by standard field or by kind."""
Choices = Sequence[tuple[str, Any]]
Kind = Question.Kind


def field_for(question: Question, value: Any, *, choices: Choices, required: bool, sometimes: bool) -> forms.Field:
    """Return the field that asks a question and shows ``value``, the answer so far.

    ``sometimes`` is whether the question waits for another one's answer: then the browser does not insist on it.
    """
    field = FIELDS[Kind(question.kind)](
        question,
        choices,
        label=question.text,
        required=required,
        initial=_initial(question, value),
        **({"help_text": question.help} if question.help else {}),
    )
    if question.kind != Kind.CONSENT:
        field.error_messages |= MISSING
    if about := AUTOCOMPLETE.get(question.field or question.kind):
        field.widget.attrs["autocomplete"] = about
    if sometimes:
        field.widget.use_required_attribute = _not_asked_by_the_browser
    return field


def _not_asked_by_the_browser(initial: Any) -> bool:
    return False


def _initial(question: Question, value: Any) -> Any:
    codes = as_codes(value)
    if question.kind == Kind.CHOICES:
        return codes
    if question.kind in Question.FILES or question.kind == Kind.CONSENT:
        return value
    return codes[0] if codes else None


def _scale(question: Question, choices: Choices, **options: Any) -> forms.Field:
    return forms.TypedChoiceField(choices=choices, coerce=int, empty_value=None, widget=ScaleSelect, **options)


def _yes_no(question: Question, choices: Choices, **options: Any) -> forms.Field:
    return forms.TypedChoiceField(
        choices=choices, coerce=_is_yes, empty_value=None, widget=forms.RadioSelect, **options
    )


def _is_yes(code: str) -> bool:
    return code == "yes"


def _choice(question: Question, choices: Choices, **options: Any) -> forms.Field:
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **options)


def _choices(question: Question, choices: Choices, **options: Any) -> forms.Field:
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **options)


def _select(question: Question, choices: Choices, **options: Any) -> forms.Field:
    return forms.ChoiceField(choices=[("", _("Choose one")), *choices], **options)


def _text(question: Question, choices: Choices, **options: Any) -> forms.Field:
    return forms.CharField(max_length=150 if question.field else 300, **options)


def _long_text(question: Question, choices: Choices, **options: Any) -> forms.Field:
    return forms.CharField(max_length=5000, widget=forms.Textarea(attrs={"rows": 4}), **options)


def _date(question: Question, choices: Choices, **options: Any) -> forms.Field:
    return forms.DateField(**options)


def _number(question: Question, choices: Choices, **options: Any) -> forms.Field:
    field = forms.FloatField(min_value=question.minimum, max_value=question.maximum, **options)
    field.widget.attrs.setdefault("step", "any")
    return field


def _email(question: Question, choices: Choices, **options: Any) -> forms.Field:
    return forms.EmailField(max_length=254, **options)


def _link(question: Question, choices: Choices, **options: Any) -> forms.Field:
    return forms.URLField(max_length=500, assume_scheme="https", **options)


def _telephone(question: Question, choices: Choices, **options: Any) -> forms.Field:
    wrong = {"invalid": _("Write a telephone number, such as +30 210 1234567.")}
    return forms.RegexField(TELEPHONE, widget=TelephoneInput, error_messages=wrong, **options)


def _file(question: Question, choices: Choices, **options: Any) -> forms.Field:
    return _upload(DOCUMENTS, **options)


def _picture(question: Question, choices: Choices, **options: Any) -> forms.Field:
    return _upload(PICTURES, **options)


def _upload(kinds: Sequence[str], **options: Any) -> forms.Field:
    field = PrivateFileField(kinds=kinds, **options)
    if isinstance(field.initial, StoredFile):
        field.widget.current = field.initial
    return field


def _consent(question: Question, choices: Choices, **options: Any) -> forms.Field:
    return forms.BooleanField(**options)


FIELDS: dict[Kind, Callable[..., forms.Field]] = {
    Kind.SCALE: _scale,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _long_text,
    Kind.SELECT: _select,
    Kind.COUNTRY: _select,
    Kind.DATE: _date,
    Kind.NUMBER: _number,
    Kind.EMAIL: _email,
    Kind.LINK: _link,
    Kind.TELEPHONE: _telephone,
    Kind.FILE: _file,
    Kind.PICTURE: _picture,
    Kind.CONSENT: _consent,
}
