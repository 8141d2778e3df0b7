"""Applying."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.files.forms import PrivateFileField, stored_value
from lms.files.kinds import DOCUMENTS
from lms.people.countries import Country
from lms.people.models import User
from mentoring_ext.applications.actions import Applicant
from mentoring_ext.applications.models import Application
from mentoring_ext.profiles.choices import Competence

TICKET = "mentoring_ext.applications.ticket"


def new_ticket(at: datetime) -> str:
    """Return a signed text that tells one form from another and when it was shown."""
    return signing.dumps([uuid4().hex, at.timestamp()], salt=TICKET)


class ApplicationForm(forms.ModelForm[Application]):
    """An application as mentor. Robots fill in ``website`` or are too quick; people see neither trap."""

    country = forms.ChoiceField(
        label=_("Country where you live"), choices=[("", _("Choose a country")), *Country.choices]
    )
    competences = forms.MultipleChoiceField(
        label=_("What can you help others with?"),
        choices=Competence.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    cv = PrivateFileField(kinds=DOCUMENTS, label=_("Your CV"), required=False)
    consent = forms.BooleanField(
        label=_("Yes, you may keep and use these details to decide on my application."),
        error_messages={"required": _("Without your consent we cannot take your application.")},
    )
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    ticket = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = Application
        fields = ["first_name", "last_name", "email", "country", "headline", "experience", "motivation"]
        labels = {
            "headline": _("What do you do? Say it in one line."),
            "experience": _("What have you done in your work, and what do you know well?"),
            "motivation": _("Why do you want to be a mentor?"),
        }
        help_texts = {
            "email": _("We send you a link to confirm your application."),
            "headline": _("For example: photographer and teacher of adults."),
            "motivation": _("What would you like to change for the people whom you help?"),
        }
        widgets = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "experience": forms.Textarea(attrs={"rows": 5}),
            "motivation": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, data: Any = None, files: Any = None, *, user: User | None, at: datetime) -> None:
        self.user, self.at = user, at
        self.ticket_holds = data is None or _read_ticket(data.get("ticket", "")) is not None
        if data is not None and not self.ticket_holds:
            data = data.copy()
            data["ticket"] = new_ticket(at)
        super().__init__(data, files, initial={"ticket": new_ticket(at), **_known_of(user)})
        if user and user.email:
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _("The address of your account.")

    @property
    def sections(self) -> list[tuple[str | Promise, list[BoundField]]]:
        """The fields under their headings, in the order of the page."""
        parts: list[tuple[str | Promise, tuple[str, ...]]] = [
            (_("Who you are"), ("first_name", "last_name", "email", "country")),
            (_("What you bring along"), ("headline", "competences", "experience", "cv")),
            (_("Why you apply"), ("motivation",)),
        ]
        return [(title, [self[name] for name in names]) for title, names in parts]

    @property
    def form_key(self) -> UUID:
        """The key that tells this form from any other."""
        key, _shown_at = _read_ticket(self.cleaned_data["ticket"]) or (uuid4(), 0.0)
        return key

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("website"):
            self.add_error("website", _("Please leave this field empty. It is there to stop robots."))
        ticket = _read_ticket(data.get("ticket", ""))
        too_quick = ticket is None or self.at.timestamp() - ticket[1] < settings.PUBLIC_FORM_MIN_SECONDS
        if too_quick or not self.ticket_holds:
            raise ValidationError(_("Please check what you wrote, then send it again."), code="too_quick")
        return data

    def applicant(self) -> Applicant:
        """Return who applies with what; keeps a fresh CV as a private file."""
        cv = stored_value(self, "cv", actor=self.user)
        names = [name for name in self.Meta.fields if name != "email"]
        answers = {name: self.cleaned_data[name] for name in (*names, "competences")}
        return Applicant(email=self.cleaned_data["email"], answers=answers, cv=cv, user=self.user)


def _read_ticket(ticket: str) -> tuple[UUID, float] | None:
    try:
        key, shown_at = signing.loads(ticket, salt=TICKET)
    except signing.BadSignature:
        return None
    return UUID(key), float(shown_at)


def _known_of(user: User | None) -> dict[str, Any]:
    if user is None:
        return {}
    return {"first_name": user.first_name, "last_name": user.last_name, "email": user.email}
