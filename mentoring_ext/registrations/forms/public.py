"""Beside the composed form: asking a person, coming back with a code, referring somebody."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AskForm(forms.Form):
    """What somebody asks whose answers do not meet a condition."""

    question = forms.CharField(
        label=_("What do you want to ask or tell us?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The coordinator reads it with your registration and answers you."),
    )


class ReturnForm(forms.Form):
    """Finds a registration by what its owner wrote down."""

    code = forms.CharField(label=_("Your code"), max_length=20, help_text=_("Ten letters and figures, ACDEF-34679."))
    last_name = forms.CharField(
        label=_("Your family name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )


class ReferForm(forms.Form):
    """Who might take part, and what the coordinator should know."""

    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Family name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("We ask the person by mail. Without an address you get a letter to print and hand over."),
    )
    note = forms.CharField(
        label=_("What should the coordinator know?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The person can read this, too."),
    )
    knows = forms.BooleanField(label=_("The person knows that I give their name to you."))
