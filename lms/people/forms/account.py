"""One's own account."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lms.people.models import User


class AccountForm(forms.ModelForm[User]):
    """Name and language; the language is asked where there is more than one."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields = ["first_name", "last_name", "language"]
        labels = {"first_name": _("First name"), "last_name": _("Family name")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("first_name", "last_name"):
            self.fields[name].required = True
        if len(settings.LANGUAGES) == 1:
            self.fields["language"].widget = forms.HiddenInput()
