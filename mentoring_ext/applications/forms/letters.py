"""Texts of letters, and the same answer to many."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError, add_to_form
from mentoring_ext.applications.actions import Answer, Deed
from mentoring_ext.applications.actions.bulk import MOVES, PURPOSES
from mentoring_ext.applications.actions.letters import check_text
from mentoring_ext.applications.letter_texts import LetterText
from mentoring_ext.applications.models import Application, ApplicationQuerySet


class LetterTextForm(forms.Form):
    """Subject and text for a purpose; unknown placeholders are refused beside the field."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(label=_("Text"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 14}))
    sample = forms.ModelChoiceField(
        Application.objects.none(),
        label=_("Preview for"),
        help_text=_("The preview is filled in with this applicant’s details."),
        required=False,
        empty_label=_("nobody yet"),
    )

    def __init__(self, data: Any = None, *, purpose: str, text: LetterText, samples: ApplicationQuerySet) -> None:
        super().__init__(data, initial={"subject": text.subject, "body": text.body, "sample": samples.first()})
        self.purpose = purpose
        sample = self.fields["sample"]
        if isinstance(sample, forms.ModelChoiceField):
            sample.queryset = samples

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "subject" in data and "body" in data:
            try:
                check_text(self.text(), self.purpose)
            except DomainError as error:
                add_to_form(self, error)
        return data

    def text(self) -> LetterText:
        """Return what was written."""
        return LetterText(self.cleaned_data["subject"], self.cleaned_data["body"])


class AnswerForm(forms.Form):
    """The same decision or mail to many applicants."""

    words = forms.CharField(
        label=_("Your answer to the applicants"),
        help_text=_("It stands in the mail where the text says {answer}."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reason = forms.CharField(
        label=_("Reason for the file"),
        help_text=_("Only for the file and the selection report. The applicants do not see it."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(label=_("Text of the mail"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 12}))

    def __init__(self, data: Any = None, *, deed: Deed, text: LetterText | None) -> None:
        super().__init__(data, initial={"subject": text.subject, "body": text.body} if text else {})
        self.deed = deed
        if deed in MOVES:
            self.fields.clear()
        if deed in (Deed.MESSAGE, Deed.WAITING):
            del self.fields["words"], self.fields["reason"]
        if deed == Deed.DECLINED:
            self.fields["words"].required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "subject" in data and "body" in data:
            try:
                check_text(LetterText(data["subject"], data["body"]), PURPOSES[self.deed])
            except DomainError as error:
                add_to_form(self, error)
        return data

    def answer(self) -> Answer:
        """Return what is done, in which words."""
        given = self.cleaned_data
        text = LetterText(given["subject"], given["body"]) if "body" in given else None
        return Answer(self.deed, words=given.get("words", ""), reason=given.get("reason", ""), text=text)
