"""Why names are shown, or a closed decision is opened again."""

from django import forms
from django.utils.translation import gettext_lazy

from mentoring_ext.matching.actions.moving import REASON


class WhyForm(forms.Form):
    """A reason that is kept in the protocol."""

    use_required_attribute = False

    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Your reason is kept in the protocol of the pairing."),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": gettext_lazy("Write why."),
            "max_length": gettext_lazy("Please write it in 300 characters or less."),
        },
    )
