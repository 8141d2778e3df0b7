"""From when on a second step is needed."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SecondStepDayForm(forms.Form):
    """The day; left empty, a second step stays everybody's own choice."""

    day = forms.DateField(
        label=_("Needed from"),
        required=False,
        widget=forms.DateInput,
        help_text=_("From this day on, nothing else opens for them until it is set up. Leave it empty to ask nobody."),
    )


class ReasonForm(forms.Form):
    """Why a person's second step is taken away."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=100,
        help_text=_("For example: the telephone is lost, and the recovery codes as well. The person reads it."),
    )
