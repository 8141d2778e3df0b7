"""Two runs to lay side by side."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring_ext.matching.models import MatchRun

if TYPE_CHECKING:
    RunField = forms.ModelChoiceField[MatchRun]
else:
    RunField = forms.ModelChoiceField


class RunChoiceField(RunField):
    """A run by its number, and when and by whom it was made."""

    def label_from_instance(self, run: MatchRun) -> str:
        made = date_format(timezone.localtime(run.made_at), "j F, H:i")
        names = {"number": run.pk, "made": made, "who": run.made_by or "–"}
        return _("%(number)s: %(made)s, %(who)s") % names


class CompareForm(forms.Form):
    """Two runs of a cohort."""

    use_required_attribute = False

    first = RunChoiceField(MatchRun.objects.none(), label=gettext_lazy("First pairing"), empty_label=None)
    second = RunChoiceField(MatchRun.objects.none(), label=gettext_lazy("Second pairing"), empty_label=None)

    def __init__(self, *args: Any, runs: QuerySet[MatchRun], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            field = cast(RunChoiceField, self.fields[name])
            field.queryset = runs
            field.error_messages["invalid_choice"] = _("Choose a pairing of this cohort.")
