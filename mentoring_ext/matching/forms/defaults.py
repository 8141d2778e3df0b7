"""How the pairing of a programme's cohorts begins."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy

from mentoring_ext.matching.defaults import options_of
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.forms.running import CHOICES, OptionsForm, weight_field
from mentoring_ext.matching.models import PairingDefaults
from mentoring_ext.matching.wishes import USUAL, WISHES


class DefaultsForm(OptionsForm):
    """Weights, options, and what cohorts of the programme may do; begins with what is set."""

    blind = forms.BooleanField(
        label=gettext_lazy("Names are hidden while pairs are decided"),
        help_text=gettext_lazy("Coordinators can show them with a reason, which the protocol keeps."),
        required=False,
    )
    wishes = forms.BooleanField(
        label=gettext_lazy("Cohorts may let mentees say whom they would like"),
        help_text=gettext_lazy("What mentees said already stays, whatever you choose here."),
        required=False,
    )

    def __init__(self, *args: Any, defaults: PairingDefaults, **kwargs: Any) -> None:
        last = options_of(defaults)
        shown = {"blind": defaults.blind, "wishes": defaults.wishes}
        kwargs["initial"] = {name: getattr(last, name) for name in CHOICES} | shown
        super().__init__(*args, **kwargs)
        self.limit_sizes(defaults.programme.group_size, last)
        for factor, usual in {**DEFAULT_WEIGHTS, WISHES: USUAL}.items():
            self.fields[factor_field(factor)] = weight_field(factor, defaults.weights.get(factor, usual))

    @property
    def factors(self) -> list[BoundField]:
        """The fields of the weights."""
        return [self[factor_field(factor)] for factor in (*DEFAULT_WEIGHTS, WISHES)]

    @property
    def told(self) -> dict[str, Any]:
        """What a form that holds sets."""
        data = self.cleaned_data
        weights = {factor: data[factor_field(factor)] for factor in (*DEFAULT_WEIGHTS, WISHES)}
        return {"weights": weights, "options": self.chosen, "wishes": data["wishes"], "blind": data["blind"]}


def factor_field(factor: str) -> str:
    """Return the name of the field of a factor's weight; the switch of the wishes has the plain name."""
    return "weight_wishes" if factor == WISHES else factor
