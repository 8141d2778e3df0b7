"""Inviting a person, waiving training."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring_ext.programmes.models import Role


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Family name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_(
            "The invitation goes to this address. Leave it empty for somebody who has none: you print it then."
        ),
    )
    role = forms.ChoiceField(label=_("Takes part as"), choices=Role, initial=Role.MENTEE, widget=forms.RadioSelect)


class WaiverForm(forms.Form):
    """Why a member does not need the training."""

    because = forms.CharField(
        label=_("Why is the training not needed?"),
        max_length=300,
        help_text=_("For example: took part in the preparation workshop on 4 May. The reason is kept."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
