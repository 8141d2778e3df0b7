"""Changes by hand: where a mentee goes, and why."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.people.models import User
from mentoring_ext.matching.actions.moving import REASON
from mentoring_ext.matching.models import Proposal
from mentoring_ext.matching.reports.figures import of_hundred
from mentoring_ext.matching.reports.places import Place


def reason_field() -> forms.CharField:
    """Return the field that asks why."""
    return forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Your reason is kept with the pairing."),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": gettext_lazy("Write why you make this change."),
            "max_length": gettext_lazy("Please write it in 300 characters or less."),
        },
    )


class SeenForm(forms.Form):
    """A change of a run; ``seen`` is the revision that the coordinator looks at."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def look_again(self, revision: int) -> None:
        """Take the page that tells of a refused change for seen, so that it can be sent again."""
        if self.non_field_errors() and isinstance(self.data, QueryDict):
            data = self.data.copy()
            data["seen"] = str(revision)
            self.data = data


class ReasonForm(SeenForm):
    """Why a pair is locked or excluded."""

    reason = reason_field()


class MoveForm(SeenForm):
    """Where a mentee goes by hand: a free place with a mentor, an exchange with another mentee, or no mentor."""

    place = forms.ChoiceField(
        label=gettext_lazy("New place"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a place."),
            "invalid_choice": gettext_lazy("This place is not open any more. Choose another one."),
        },
    )
    reason = reason_field()
    lock = forms.BooleanField(label=gettext_lazy("Keep them together when I solve again"), required=False, initial=True)

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(places)

    def offer(self, places: list[Place]) -> None:
        """Offer those of the places that no rule forbids."""
        self.places = {place.key: place for place in places if not place.why_not}
        choices = [(key, place.label) for key, place in self.places.items()]
        cast(forms.ChoiceField, self.fields["place"]).choices = choices

    @property
    def has_places(self) -> bool:
        """Whether there is anywhere to go."""
        return bool(self.places)

    @property
    def chosen(self) -> tuple[User | None, User | None]:
        """The chosen mentor, and the mentee to change places with."""
        place = self.places[self.cleaned_data["place"]]
        return place.mentor, place.partner

    def clean_lock(self) -> bool:
        """Keep together only who is together."""
        return bool(self.cleaned_data["lock"]) and self.cleaned_data.get("place") != "none"


def move_words(moved: Proposal, former: User | None, before: int) -> str:
    """Say what a move did: where the mentee is now and, in an exchange, the other one, and both totals."""
    names = {"mentee": moved.mentee, "mentor": moved.mentor, "other": moved.exchanged_with, "former": former}
    if moved.exchanged_with is None:
        text = _("%(mentee)s is with %(mentor)s now.") if moved.mentor else _("%(mentee)s is without a mentor now.")
    elif former is None:
        text = _("%(mentee)s is with %(mentor)s now, and %(other)s is without a mentor.")
    else:
        text = _("%(mentee)s is with %(mentor)s now, and %(other)s is with %(former)s.")
    totals = {"before": of_hundred(before), "after": of_hundred(before + moved.moved_cost)}
    if totals["before"] == totals["after"]:
        return f"{text % names} {_('The total score stays %(after)s.') % totals}"
    return f"{text % names} {_('The total score is %(after)s now, before it was %(before)s.') % totals}"
