"""The search in the mentors' database."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from lms.people.countries import Country
from mentoring_ext.profiles import choices
from mentoring_ext.profiles.hours import NAMES
from mentoring_ext.profiles.models import MentorProfile, MentorTerm

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

Options = list[tuple[str, Any]]

FACETS = {
    "competence": MentorTerm.Kind.COMPETENCE,
    "language": MentorTerm.Kind.LANGUAGE,
    "country": MentorTerm.Kind.COUNTRY,
    "origin": MentorTerm.Kind.ORIGIN,
    "area": MentorTerm.Kind.AREA,
    "free": MentorTerm.Kind.FREE,
    "meeting": MentorTerm.Kind.MEETING,
}
"""The fields that stand in the index, each with its kind of term."""


def free_options() -> Options:
    """Return when somebody can be free: some day, or a weekday, each with the parts of the day."""
    some_day = [(f"any-{part}", name) for part, name in NAMES.items()]
    weeks = [
        (
            WEEKDAYS[day],
            [
                (str(day), _("%(day)s, any hour") % {"day": WEEKDAYS[day]}),
                *((f"{day}-{part}", f"{WEEKDAYS[day]}, {name}") for part, name in NAMES.items()),
            ],
        )
        for day in range(7)
    ]
    groups: list[tuple[Any, Any]] = [(_("On some day"), some_day), *weeks]
    return groups


def facet(label: "_StrOrPromise", options: Options) -> forms.ChoiceField:
    """Return a field that takes one of the options or all."""
    return forms.ChoiceField(label=label, required=False, choices=[("", _("All")), *options])


def facet_of(form: forms.Form, name: str) -> forms.ChoiceField:
    """Return a form's field that offers choices."""
    return cast(forms.ChoiceField, form.fields[name])


class Search(forms.Form):
    """Words to look for, and filters that narrow it down."""

    @property
    def filters(self) -> list[forms.BoundField]:
        """Every field but the words."""
        return [field for field in self if field.name != "q"]

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter is set, or has a wrong value."""
        return any(field.value() or field.errors for field in self.filters)


class MentorSearch(Search):
    """What somebody looks for in the mentors' database."""

    q = forms.CharField(label=_("Name or words"), required=False, max_length=100)
    competence = facet(_("Competence"), choices.Competence.choices)
    language = facet(_("Language"), choices.Language.choices)
    country = facet(_("Country"), Country.choices)
    area = facet(_("Area of activity"), choices.Area.choices)
    origin = facet(_("Origin"), MentorProfile.Origin.choices)
    free = facet(_("Free"), [])
    meeting = facet(_("Meeting"), [("online", _("Online")), ("in_person", _("In person"))])
    places = forms.BooleanField(label=_("Has a free place now"), required=False)
    prepared = forms.BooleanField(label=_("Preparation done"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facet_of(self, "free").choices = [("", _("All")), *free_options()]

    def show_counts(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        """Write beside each option how many mentors it would leave; options that leave nobody go, but the chosen."""
        for name in FACETS:
            field, found = facet_of(self, name), counts.get(name, {})
            field.choices = list(
                _with_counts(list(cast("Iterable[Any]", field.choices)), found, self.data.get(name, ""))
            )


def _with_counts(options: Iterable[Any], found: Mapping[str, int], chosen: str) -> Iterable[tuple[Any, Any]]:
    for code, label in options:
        if isinstance(label, list):
            if kept := list(_with_counts(label, found, chosen)):
                yield code, kept
        elif code == "":
            yield code, label
        elif found.get(code) or code == chosen:
            yield code, f"{label} ({found.get(code, 0)})"


class ViewForm(forms.Form):
    """The name of a saved view, and with whom it is shared."""

    name = forms.CharField(label=_("Name of this view"), max_length=80)
    shared_with = forms.ChoiceField(label=_("Who sees it"), required=False)

    def __init__(self, *args: Any, organisations: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(organisation.pk): organisation for organisation in organisations}
        field = facet_of(self, "shared_with")
        everybody = [(pk, _("Staff of %(name)s") % {"name": found}) for pk, found in self.organisations.items()]
        field.choices = [("", _("Only me")), *everybody]

    @property
    def organisation(self) -> Any:
        """The organisation that shares it, None for one's own view."""
        return self.organisations.get(self.cleaned_data["shared_with"])


class NoteForm(forms.Form):
    """A note about a mentor."""

    text = forms.CharField(label=_("Note"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
