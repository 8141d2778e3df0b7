"""Two runs to lay side by side."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from mentoring_ext.matching.models import MatchRun


class CompareForm(forms.Form):
    """Two runs of a cohort."""

    use_required_attribute = False

    first = forms.ModelChoiceField(MatchRun.objects.none(), label=gettext_lazy("First pairing"), empty_label=None)
    second = forms.ModelChoiceField(MatchRun.objects.none(), label=gettext_lazy("Second pairing"), empty_label=None)

    def __init__(self, *args: Any, runs: QuerySet[MatchRun], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            cast("forms.ModelChoiceField[MatchRun]", self.fields[name]).queryset = runs
