"""Applying, with the form that the call asks."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lms.files.forms import PrivateFileField, keep_uploads
from lms.people.models import User
from lms.questionnaires.actions import answers_of
from lms.questionnaires.forms import QuestionnaireForm
from lms.questionnaires.models import Question, Version
from mentoring_ext.applications.actions import Applicant, Typed
from mentoring_ext.applications.models import Application, Draft
from mentoring_ext.applications.uses import TYPED

CONSENT = "kept_with_consent"


class ApplicationForm(QuestionnaireForm):
    """What a call asks, with the consent that every application needs.

    ``known`` are answers that are there already, by column or code.
    """

    def __init__(
        self,
        version: Version,
        data: Any = None,
        files: Any = None,
        *,
        user: User | None,
        known: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(version, data, files, answers={**_account(user), **(known or {})})
        self.user, self.version = user, version
        self.fields[CONSENT] = forms.BooleanField(
            label=_("Yes, you may keep and use these details to decide on my application."),
            error_messages={"required": _("Without your consent we cannot take your application.")},
        )
        if user and user.email:
            self._fix_email(_("The address of your account."))

    def _fix_email(self, why: Any) -> None:
        field = self.fields[self.code_of("email")]
        field.disabled, field.help_text = True, why

    def code_of(self, column: str) -> str:
        """Return the code of the question that fills a column."""
        return next(question.code for question in self.questions if question.field == column)

    @property
    def consent(self) -> forms.BoundField:
        """The consent as it stands at the end of the page."""
        return self[CONSENT]

    def clean(self) -> dict[str, Any]:
        """Put what stands in one line into one line, so that no name can end a mail's heading."""
        cleaned = super().clean()
        for question in self.questions:
            text = cleaned.get(question.code)
            if question.kind == Question.Kind.TEXT and isinstance(text, str):
                cleaned[question.code] = " ".join(text.split())
        return cleaned

    def applicant(self) -> Applicant:
        """Return who applies with what; keeps fresh uploads as private files."""
        self.store_uploads(actor=self.user)
        columns = self.typed_fields()
        return Applicant(
            email=columns.pop("email"),
            columns=columns,
            answers=self.typed_answers(),
            user=self.user,
            version=self.version,
        )

    def typed(self) -> Typed:
        """Return what stands in the form, right or wrong, with the uploads that are good."""
        self.is_valid()
        uploads = {code: value for code, value in self.cleaned_data.items() if isinstance(value, UploadedFile)}
        written = [code for code, field in self.fields.items() if not isinstance(field, PrivateFileField)]
        names = {self.add_prefix(code) for code in written}
        return Typed(
            data={name: texts for name, texts in cast(QueryDict, self.data).lists() if name in names},
            email=self._address(),
            uploads=uploads,
            taken_out=frozenset(code for code in self.fields if f"{self.add_prefix(code)}-out" in self.data),
        )

    def _address(self) -> str:
        code = self.code_of("email")
        field, typed = self.fields[code], self.data.get(self.add_prefix(code), "")
        address = str(field.initial if field.disabled else typed).strip()
        try:
            validate_email(address)
        except ValidationError:
            return ""
        return address

    def go_on_with(self, draft: Draft) -> None:
        """Show what a draft keeps, as it was typed."""
        for code, field in self.fields.items():
            texts = draft.data.get(self.add_prefix(code))
            if texts and not field.disabled:
                self.initial[code] = texts if isinstance(field, forms.MultipleChoiceField) else texts[0]

    def show_files(self, addresses: Mapping[str, tuple[Any, str]]) -> None:
        """Show the files that are kept, each by its code, with the address where its owner sees it."""
        for code, (file, address) in addresses.items():
            if code in self.fields:
                self.fields[code].widget.current, self.fields[code].widget.address = file, address


class ChangeForm(ApplicationForm):
    """An application that was sent, for its owner to change; the address stays as it is."""

    def __init__(self, application: Application, data: Any = None, files: Any = None) -> None:
        version = application.version or application.call.version
        super().__init__(version, data, files, user=application.user, known=_sent(application))
        del self.fields[CONSENT]
        self._fix_email(_("To apply with another address, take this application back and send a new one."))

    def keep_fresh_uploads(self) -> None:
        """Keep good uploads of a form that is otherwise wrong."""
        keep_uploads(self, actor=self.user)


def _account(user: User | None) -> dict[str, Any]:
    if user is None:
        return {}
    return {"first_name": user.first_name, "last_name": user.last_name, "email": user.email}


def _sent(application: Application) -> dict[str, Any]:
    columns = {name: getattr(application, name) for name in TYPED}
    response = application.responses.first()
    return {**(answers_of(response) if response else {}), **columns}
