"""What a newcomer is asked beside the address and the password. It imports nothing of allauth, which imports it."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class NameForm(forms.Form):
    """The name; the user name is made of it."""

    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Family name"), max_length=150)
    field_order = ["first_name", "last_name", "email", "password1", "password2"]

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Leave the account as it was saved: the name is kept already."""
