"""Finding one's own applications again."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LinkForm(forms.Form):
    """The address that somebody applied with."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("The one that you applied with."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
