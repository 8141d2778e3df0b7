"""Adding a factor beside the eleven."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring_ext.matching.further import questions_for
from mentoring_ext.matching.models import FurtherFactor
from mentoring_ext.programmes.models import Cohort, Role


class FurtherForm(forms.Form):
    """A name, a question of each sheet, and how their answers are compared.

    ``has_questions``: both sheets have questions that can be compared.
    """

    use_required_attribute = False

    label = forms.CharField(
        label=_("Name of the factor"),
        max_length=60,
        error_messages={"required": _("Write a name, such as “Has a car”.")},
    )
    mentee_question = forms.ChoiceField(
        label=_("Question on the mentee's sheet"), error_messages={"required": _("Choose a question.")}
    )
    mentor_question = forms.ChoiceField(
        label=_("Question on the mentor's sheet"), error_messages={"required": _("Choose a question.")}
    )
    rule = forms.ChoiceField(
        label=_("What counts?"),
        choices=FurtherFactor.Rule.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what counts.")},
    )
    far = forms.FloatField(
        label=_("How far apart do two numbers have nothing in common?"),
        help_text=_("Only for numbers, such as 10 for years."),
        required=False,
        min_value=0.001,
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_questions = True
        for name, role in (("mentee_question", Role.MENTEE), ("mentor_question", Role.MENTOR)):
            questions = questions_for(cohort, role)
            cast(forms.ChoiceField, self.fields[name]).choices = [("", "—"), *questions]
            self.has_questions &= bool(questions)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("rule") == FurtherFactor.Rule.NEAR and "far" in data and data["far"] is None:
            self.add_error("far", _("Write a number, such as 10."))
        return data
