"""The weights of the factors, and what else a coordinator chooses before a run."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring_ext.matching.actions.running import options_again, standard_options
from mentoring_ext.matching.defaults import defaults_of
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS, MAX_WEIGHT
from mentoring_ext.matching.kept import Options
from mentoring_ext.matching.models import MatchRun, WishRound
from mentoring_ext.matching.solving import TOGETHER
from mentoring_ext.matching.wishes import WISHES
from mentoring_ext.matching.words import words_of
from mentoring_ext.programmes.models import Cohort

OBJECTIVES = [
    ("total", gettext_lazy("The best for all together: the highest total")),
    ("fair", gettext_lazy("Fair to the weakest: first lift the weakest match as high as it goes, then the total")),
]
USUAL = 3
"""The weight of a further factor before anybody chose one."""
LONE = [
    ("avoid", gettext_lazy("Only where nothing else is possible. The page then says why.")),
    ("free", gettext_lazy("As good as larger groups")),
    ("never", gettext_lazy("Never. Then more mentees may stay without a mentor.")),
]
CHOICES = ("size", "lone", "minimum", "objective", "common_slot", "meeting", "online")
USUAL_SIZE = 3
"""In groups of up to so many, "nobody alone" says everything about the smallest size."""


class OptionsForm(forms.Form):
    """What kind of groups a pairing looks for."""

    use_required_attribute = False

    size = forms.IntegerField(label=gettext_lazy("Most mentees in a group"), min_value=1)
    lone = forms.ChoiceField(
        label=gettext_lazy("May a mentee be alone with a mentor?"),
        help_text=gettext_lazy("Whoever offers one place only has a group of one mentee in any case."),
        choices=LONE,
        widget=forms.RadioSelect,
    )
    minimum = forms.IntegerField(
        label=gettext_lazy("Fewest mentees in a group"),
        help_text=gettext_lazy("Counts only where you say “Never” above. 2 means: nobody is alone."),
        min_value=1,
    )
    objective = forms.ChoiceField(label=gettext_lazy("What is best?"), choices=OBJECTIVES, widget=forms.RadioSelect)
    common_slot = forms.BooleanField(
        label=gettext_lazy("Every group has an hour in common"),
        help_text=gettext_lazy(
            "Mentor and mentees of a group are all free for a session at the same hour of the week. "
            "Without it they may find no time to meet. Sometimes one mentee more stays without a mentor."
        ),
        required=False,
    )
    meeting = forms.BooleanField(
        label=gettext_lazy("Leave out pairs without a way to meet"),
        help_text=gettext_lazy("Both can meet online, or both in person in the same town. Who did not say stays in."),
        required=False,
    )
    online = forms.BooleanField(
        label=gettext_lazy("Everybody can meet online"),
        help_text=gettext_lazy("Then it does not count who lives where."),
        required=False,
    )

    def limit_sizes(self, most: int, last: Options) -> None:
        """Allow groups of up to ``most`` mentees, and begin with the sizes of ``last``.

        Pairs have nobody alone, and the number of fewest mentees is asked where it says more than that nobody is.
        """
        for name in ("size", "minimum"):
            field = self.fields[name] = _number(self.fields[name], most=most)
            self.initial[name] = field.initial = min(getattr(last, name), most)
        if max(most, last.minimum) <= USUAL_SIZE and last.minimum < USUAL_SIZE:
            del self.fields["minimum"]
        else:
            self.initial["minimum"] = max(TOGETHER, self.initial["minimum"])
        if most < TOGETHER:
            del self.fields["lone"]

    @property
    def choices(self) -> list[BoundField]:
        """The fields of the options."""
        return [self[name] for name in CHOICES if name in self.fields]

    @property
    def chosen(self) -> dict[str, Any]:
        """The options of a form that holds, by name; groups of one mentee are pairs, and nobody is alone in them."""
        found = {name: self.cleaned_data[name] for name in CHOICES if name in self.fields}
        lone, least = found.pop("lone", "free"), max(TOGETHER, found.pop("minimum", TOGETHER))
        lone = lone if found["size"] >= TOGETHER else "free"
        return found | {"minimum": least if lone == "never" else 1, "avoid_alone": lone == "avoid"}


class RunForm(OptionsForm):
    """How much each factor counts, 0 to 5, and the options; begins with the run before, else with the programme's."""

    def __init__(self, *args: Any, cohort: Cohort, before: MatchRun | None = None, **kwargs: Any) -> None:
        self.standard = standard_options(cohort)
        kept = before.options if before else {}
        # A run from before there was the rule says nothing about it.
        last = Options.of({"meeting": self.standard.meeting, **kept}) if kept else self.standard
        if before and not kept:
            last = options_again(before)
        kwargs["initial"] = {name: getattr(last, name) for name in CHOICES}
        super().__init__(*args, **kwargs)
        self.limit_sizes(cohort.programme.group_size, last)
        usual = defaults_of(cohort.programme).weights if before is None else {}
        for factor, default in DEFAULT_WEIGHTS.items():
            self.fields[factor] = weight_field(
                factor, before.weights.get(factor, 0) if before else usual.get(factor, default)
            )
        self.names = {name: name for name in DEFAULT_WEIGHTS}
        for further in cohort.further_factors.all():
            slider = f"further-{further.pk}"
            self.names[slider] = further.label
            given = before.weights.get(further.label, USUAL) if before else USUAL
            self.fields[slider] = weight_field(further.label, given)

        if WishRound.objects.filter(cohort=cohort).exists():
            self.names[WISHES] = WISHES
            given = before.weights.get(WISHES, 1) if before else usual.get(WISHES, 1)
            self.fields[WISHES] = weight_field(WISHES, given)

    @property
    def factors(self) -> list[BoundField]:
        """The fields of the weights."""
        return [self[name] for name in self.names]

    @property
    def weights(self) -> dict[str, int]:
        """The weights of a form that holds."""
        return {name: self.cleaned_data[field] for field, name in self.names.items()}

    @property
    def options(self) -> Options:
        """The options of a form that holds."""
        return Options(**self.chosen, hours=self.standard.hours)


def _number(field: forms.Field, *, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=field.label,
        help_text=field.help_text,
        min_value=1,
        max_value=most,
        error_messages={
            "required": _("Write a number from 1 to %(most)d.") % {"most": most},
            "invalid": _("Write a whole number from 1 to %(most)d.") % {"most": most},
            "min_value": _("A group has at least one mentee."),
            "max_value": _("The programme allows up to %(most)d mentees in a group.") % {"most": most},
        },
    )


def weight_field(factor: str, initial: int) -> forms.IntegerField:
    """Return the field of a factor's weight."""
    name, about = (str(words) for words in words_of(factor))
    return forms.IntegerField(
        label=name,
        help_text=about,
        min_value=0,
        max_value=MAX_WEIGHT,
        initial=initial,
        error_messages={
            "required": _("Write a number from 0 to 5."),
            "invalid": _("Write a whole number from 0 to 5."),
            "min_value": _("0 is the lowest weight."),
            "max_value": _("5 is the highest weight."),
        },
    )
