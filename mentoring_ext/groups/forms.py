"""Adding a document, and closing a group."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.files.actions import words_for
from mentoring_ext.groups.actions import DOCUMENT_KINDS


class DocumentForm(forms.Form):
    """A file with a title that says what is in it."""

    title = forms.CharField(label=_("What is it?"), max_length=200, help_text=_("For example: Plan for session 4."))
    upload = forms.FileField(label=_("File"))

    field_order = ["title", "upload"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = words_for(DOCUMENT_KINDS)
        self.fields["upload"].help_text = _("You can add: %(kinds)s.") % {"kinds": kinds}


class ClosingForm(forms.Form):
    """Closing; the reason is asked where sessions are missing."""

    because = forms.CharField(
        label=_("Why does the group end before its last session?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
