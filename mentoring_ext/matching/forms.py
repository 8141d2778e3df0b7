"""The weights of the factors, and a change by hand."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.people.models import User
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS, MAX_WEIGHT
from mentoring_ext.matching.models import MatchRun, Proposal
from mentoring_ext.matching.reports import groups_of, of_hundred, proposals_of, rules_in_words
from mentoring_ext.matching.words import FACTOR_WORDS


class WeightsForm(forms.Form):
    """How much each of the eleven factors counts, 0 to 5."""

    use_required_attribute = False

    def __init__(self, *args: Any, weights: dict[str, int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for factor, default in DEFAULT_WEIGHTS.items():
            name, about = (str(words) for words in FACTOR_WORDS[factor])
            self.fields[factor] = forms.IntegerField(
                label=name,
                help_text=about,
                min_value=0,
                max_value=MAX_WEIGHT,
                initial=(weights or {}).get(factor, default),
                error_messages={
                    "required": _("Write a number from 0 to 5."),
                    "invalid": _("Write a whole number from 0 to 5."),
                    "min_value": _("0 is the lowest weight."),
                    "max_value": _("5 is the highest weight."),
                },
            )


class MoveForm(forms.Form):
    """Where a mentee goes by hand: a free place with a mentor, or an exchange with another mentee."""

    use_required_attribute = False

    place = forms.ChoiceField(
        label=gettext_lazy("New place"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a place.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Your reason is kept with the pairing."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Write why you make this change.")},
    )

    def __init__(self, *args: Any, run: MatchRun, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people: dict[str, tuple[User, User | None]] = {}
        choices = []
        for group in groups_of(run, proposals_of(run)):
            if group.mentor.pk == proposal.mentor_id or rules_in_words(proposal, group.mentor.pk):
                continue
            if group.free > 0:
                key = str(group.mentor.pk)
                self.people[key] = (group.mentor, None)
                words = _("%(mentor)s, a free place") % {"mentor": group.mentor}
                choices.append((key, f"{words} – {_change(proposal, group.mentor.pk)}"))
            for other in group.proposals:
                if proposal.mentor_id and rules_in_words(other, proposal.mentor_id):
                    continue
                key = f"{group.mentor.pk}-{other.mentee_id}"
                self.people[key] = (group.mentor, other.mentee)
                words = _("%(mentor)s, in exchange with %(mentee)s") % {"mentor": group.mentor, "mentee": other.mentee}
                choices.append((key, f"{words} – {_change(proposal, group.mentor.pk, other)}"))
        cast(forms.ChoiceField, self.fields["place"]).choices = choices

    @property
    def has_places(self) -> bool:
        """Whether there is anywhere to go."""
        return bool(self.people)

    @property
    def chosen(self) -> tuple[User, User | None]:
        """The chosen mentor, and the mentee to change places with."""
        return self.people[self.cleaned_data["place"]]


def _change(proposal: Proposal, mentor: int, other: Proposal | None = None) -> str:
    """Say how well the new pair fits and what the move does to the whole."""
    score = proposal.options[str(mentor)]["score"]
    change = score - proposal.score
    if other is not None:
        change += (other.options[str(proposal.mentor_id)]["score"] if proposal.mentor_id else 0) - other.score
    names = {"score": of_hundred(score), "change": f"{of_hundred(change):+}"}
    return _("fits %(score)s of 100; the whole changes by %(change)s") % names
