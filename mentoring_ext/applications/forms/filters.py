"""What reviewers look for among the applications of a call."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lms.people.countries import Country
from lms.people.models import User
from mentoring_ext.applications.models import ApplicationQuerySet, Assignment, Call, Stage
from mentoring_ext.profiles.choices import Competence

ANY: tuple[str, Any] = ("", _("all"))
ORIGINS = [ANY, ("in_house", _("in-house staff")), ("external", _("external"))]
SCORES = [ANY, ("1", _("1 or more")), ("2", _("2 or more")), ("2.5", _("2.5 or more")), ("3", _("3 or more"))]
WAITING = [ANY, ("3", _("3 days or longer")), ("7", _("a week or longer")), ("14", _("two weeks or longer"))]
STAGES = [(stage.value, stage.label) for stage in Stage if stage != Stage.UNCONFIRMED]

CHOICES: dict[str, list[tuple[str, Any]]] = {
    "stage": [ANY, *STAGES],
    "competence": [ANY, *Competence.choices],
    "country": [ANY, *Country.choices],
    "origin": ORIGINS,
    "score": SCORES,
    "waiting": WAITING,
}


@dataclass(frozen=True)
class Chip:
    """A filter in words, and the address of the page without it."""

    label: str
    url: str


class FilterForm(forms.Form):
    """Filters of the board, the list and the export; what cannot be understood is left out."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    stage = forms.ChoiceField(label=_("Stage"), choices=CHOICES["stage"], required=False)
    competence = forms.ChoiceField(label=_("Can help with"), choices=CHOICES["competence"], required=False)
    country = forms.ChoiceField(label=_("Country"), choices=CHOICES["country"], required=False)
    origin = forms.ChoiceField(label=_("From"), choices=ORIGINS, required=False)
    reviewer = forms.ModelChoiceField(User.objects.none(), label=_("Reviewer"), required=False, empty_label=ANY[1])
    score = forms.TypedChoiceField(label=_("Score"), choices=SCORES, coerce=float, empty_value=None, required=False)
    waiting = forms.TypedChoiceField(
        label=_("In this stage for"), choices=WAITING, coerce=int, empty_value=None, required=False
    )
    mine = forms.BooleanField(label=_("I still have to review them"), required=False)

    def __init__(self, data: QueryDict, *, call: Call, user: User) -> None:
        super().__init__(data)
        self.query, self.user = data, user
        asked = Assignment.objects.filter(application__call=call).values("user")
        reviewer = self.fields["reviewer"]
        if isinstance(reviewer, forms.ModelChoiceField):
            reviewer.queryset = User.objects.filter(pk__in=asked).order_by("last_name", "first_name")

    @property
    def chosen(self) -> dict[str, object]:
        """What is looked for, by field; nothing that is empty or not understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None, False)}

    def narrow(self, applications: ApplicationQuerySet, at: datetime) -> ApplicationQuerySet:
        """Keep the applications that are looked for."""
        for name, value in self.chosen.items():
            applications = getattr(self, f"_by_{name}")(applications, value, at)
        return applications

    def _by_q(self, rows: ApplicationQuerySet, value: str, at: datetime) -> ApplicationQuerySet:
        return rows.with_words(value)

    def _by_stage(self, rows: ApplicationQuerySet, value: str, at: datetime) -> ApplicationQuerySet:
        return rows.filter(stage=value)

    def _by_competence(self, rows: ApplicationQuerySet, value: str, at: datetime) -> ApplicationQuerySet:
        return rows.with_competence(value)

    def _by_country(self, rows: ApplicationQuerySet, value: str, at: datetime) -> ApplicationQuerySet:
        return rows.filter(country=value)

    def _by_origin(self, rows: ApplicationQuerySet, value: str, at: datetime) -> ApplicationQuerySet:
        return rows.in_house() if value == "in_house" else rows.external()

    def _by_reviewer(self, rows: ApplicationQuerySet, value: User, at: datetime) -> ApplicationQuerySet:
        return rows.assigned_to(value)

    def _by_score(self, rows: ApplicationQuerySet, value: float, at: datetime) -> ApplicationQuerySet:
        return rows.with_score().scored_from(value)

    def _by_waiting(self, rows: ApplicationQuerySet, value: int, at: datetime) -> ApplicationQuerySet:
        return rows.waiting_since(at - timedelta(days=value))

    def _by_mine(self, rows: ApplicationQuerySet, value: bool, at: datetime) -> ApplicationQuerySet:
        return rows.to_review_by(self.user)

    def chips(self) -> Iterator[Chip]:
        """Yield each filter in use in words, with the address that leaves it out."""
        for name in self.chosen:
            left = self.query.copy()
            for gone in (name, "after", "before"):
                left.pop(gone, None)
            yield Chip(self._words(name), f"?{left.urlencode()}")

    def _words(self, name: str) -> str:
        field = self.fields[name]
        if isinstance(field, forms.BooleanField):
            return str(field.label)
        shown = dict(CHOICES.get(name, [])).get(self.query.get(name, ""), self.chosen[name])
        return f"{field.label}: {shown}"

    def address(self, **changed: str) -> str:
        """Return the query of the page with these filters, changed."""
        data = self.query.copy()
        for gone in ("after", "before"):
            data.pop(gone, None)
        data.update(changed)
        return str(data.urlencode())
