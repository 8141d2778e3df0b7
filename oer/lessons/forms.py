"""The private note of a reflection."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReflectionForm(forms.Form):
    """A note on one question; an empty note takes the old one away."""

    text = forms.CharField(
        label=_("Your note"),
        help_text=_("Only you can read it."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
