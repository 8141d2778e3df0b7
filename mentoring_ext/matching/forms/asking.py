"""Asking for another match, and the coordinator's answer."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from lms.people.models import User
from mentoring_ext.matching.models import MatchRequest


class AskForm(forms.Form):
    """Why another match; a mentor also says for which mentee."""

    use_required_attribute = False

    mentee = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("For which mentee?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose the mentee.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What is the reason?"),
        choices=MatchRequest.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a reason.")},
    )
    words = forms.CharField(
        label=gettext_lazy("In your own words"),
        help_text=gettext_lazy("Only your coordinators read it. Nobody of your group does."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write what makes you ask.")},
    )

    def __init__(self, *args: Any, mentees: Sequence[User], is_mentor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_mentor:
            choice = cast("forms.ModelChoiceField[User]", self.fields["mentee"])
            choice.queryset = User.objects.filter(pk__in=[mentee.pk for mentee in mentees])
        else:
            del self.fields["mentee"]


class DeclineForm(forms.Form):
    """What the coordinator tells somebody whose match stays."""

    use_required_attribute = False

    answer = forms.CharField(
        label=gettext_lazy("Why does the match stay?"),
        help_text=gettext_lazy("Only the person who asked reads it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write why the match stays.")},
    )
