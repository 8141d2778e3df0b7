"""The forms of the sheets, step by step."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lms.people.countries import Country
from lms.privacy.actions import has_consent
from mentoring_ext.profiles import choices
from mentoring_ext.profiles.hours import FreeHoursField
from mentoring_ext.profiles.models import MenteeProfile, MentorProfile, SensitiveDetails, Sheet

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

LEVELS = {f"level_{topic.value}": topic for topic in choices.Topic}
SENSITIVE = ("sensitive_consent", "birth_year", "gender", "contexts", "culture", "ethnicity", "religion")
NOT_STORED = ("consent",)
OLDEST, YOUNGEST = 100, 16


def several(
    options: type[TextChoices], label: "_StrOrPromise", *, required: bool = True, help_text: "_StrOrPromise" = ""
) -> Any:
    """Return a field of boxes to tick in columns."""
    return forms.MultipleChoiceField(
        label=label,
        choices=options.choices,
        required=required,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "columns"}),
        error_messages={"required": _("Tick at least one.")},
    )


def scale(label: "_StrOrPromise", options: Iterable[tuple[int, "_StrOrPromise"]], *, required: bool = False) -> Any:
    """Return a field of steps in a row."""
    return forms.TypedChoiceField(
        label=label,
        choices=list(options),
        coerce=int,
        empty_value=None,
        required=required,
        widget=forms.RadioSelect(attrs={"class": "sheet-scale"}),
        error_messages={"required": _("Choose one.")},
    )


def style_scale(name: str) -> Any:
    """Return one of the four scales of personality and communication."""
    question, left, right = choices.STYLES[name]
    steps = [left, choices.a_little_more(left), _("Both alike"), choices.a_little_more(right), right]
    return scale(question, enumerate(steps, 1))


class SheetForm(forms.Form):
    """What both sheets ask. With ``only`` the form has the fields of one step; a ``draft`` may leave anything empty."""

    use_required_attribute = False

    area = forms.ChoiceField(label=_("Your area of activity"), choices=[("", "—"), *choices.Area.choices])
    interests = several(
        choices.Interest, _("Your interests"), help_text=_("People with common interests start easily.")
    )
    motivation = forms.CharField(
        label=_("Why you take part"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    style_words, style_plan = style_scale("style_words"), style_scale("style_plan")
    style_group, style_pace = style_scale("style_group"), style_scale("style_pace")
    first_language = forms.ChoiceField(
        label=_("The language you know best"), choices=[("", "—"), *choices.Language.choices]
    )
    languages = several(choices.Language, _("Languages you can talk in"))
    availability = FreeHoursField(
        label=_("Your free hours in a usual week"),
        help_text=_(
            "Tick each hour that is often free. A session needs two hours in a row on one day. Hours that you take "
            "away later are kept for a year, to check that nobody gets a better match by telling fewer."
        ),
    )
    online = forms.BooleanField(label=_("I can meet online"), required=False)
    in_person = forms.BooleanField(label=_("I can meet in person"), required=False)
    place = forms.CharField(label=_("Your town"), required=False, max_length=100)
    access = several(choices.Access, _("Accessibility"), required=False)
    sensitive_consent = forms.BooleanField(
        label=_("I want to tell some of this, and agree that it is used to find my match"),
        help_text=_("Tick this first. Untick it later and save, and everything below is deleted at once."),
        required=False,
    )
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        help_text=_("Some people like a mentor who is older, or of their own age. Nobody sees the year."),
        required=False,
        widget=forms.NumberInput(attrs={"autocomplete": "bday-year"}),
    )
    gender = forms.ChoiceField(
        label=_("Gender"),
        help_text=_("Some people feel safer with somebody of their own gender. Nobody sees your answer."),
        required=False,
        choices=[("", "—"), *choices.Gender.choices],
    )
    contexts = several(
        choices.Context,
        _("What you know from your own life"),
        required=False,
        help_text=_("It helps when somebody knows your situation from the inside. Nobody sees what you ticked."),
    )
    culture = forms.CharField(
        label=_("Culture"),
        help_text=_("In your own words, if you would like somebody who knows your culture. Nobody sees it."),
        required=False,
        max_length=100,
    )
    ethnicity = forms.CharField(
        label=_("Ethnic group"),
        help_text=_("Only if you would like it to count. Nobody sees it."),
        required=False,
        max_length=100,
    )
    religion = forms.CharField(
        label=_("Religion"),
        help_text=_("Only if you would like it to count. Nobody sees it."),
        required=False,
        max_length=100,
    )
    consent = forms.BooleanField(
        label=_("I agree that my sheet is used to find my match"),
        help_text=_("You can take this back on the page of your consents. No new pairing uses your sheet then."),
        error_messages={"required": _("We can only find a match with your agreement.")},
    )

    def __init__(self, *args: Any, only: Iterable[str] | None = None, draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        kept = list(only if only is not None else self.fields)
        self.fields = {name: self.fields[name] for name in kept}

    def full_clean(self) -> None:
        """Check what was typed; a draft is checked without asking for what is empty."""
        needed = [field for field in self.fields.values() if field.required]
        for field in needed:
            field.required = not self.draft
        super().full_clean()
        for field in needed:
            field.required = True

    def clean_birth_year(self) -> int | None:
        year: int | None = self.cleaned_data["birth_year"]
        if year is not None and not OLDEST >= date.today().year - year >= YOUNGEST:
            raise forms.ValidationError(_("Write the year with four figures, such as 1985."))
        return year

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        told = any(data.get(name) for name in SENSITIVE if name != "sensitive_consent")
        if told and "sensitive_consent" in data and not data["sensitive_consent"]:
            self.add_error("sensitive_consent", _("Tick this box, or leave the personal details empty."))
        if not self.draft:
            self._check_meeting(data)
        return data

    def _check_meeting(self, data: dict[str, Any]) -> None:
        if "online" in data and not (data["online"] or data["in_person"]):
            self.add_error("online", _("Tick at least one way to meet."))
        if data.get("in_person") and not data.get("online") and not data.get("place"):
            self.add_error("place", _("Write your town, so that we find somebody near you."))

    def values(self) -> dict[str, Any]:
        """Return the columns of the sheet that this form fills."""
        data = self.cleaned_data
        kept = {
            name: value for name, value in data.items() if name not in (*SENSITIVE, *NOT_STORED) and name not in LEVELS
        }
        levels = {topic.value: data[name] for name, topic in LEVELS.items() if data.get(name) is not None}
        return {**kept, "digital_level": levels} if LEVELS.keys() & self.fields.keys() else kept

    def sensitive(self) -> dict[str, Any] | None:
        """Return the personal details, or None when this form does not ask for them."""
        if "sensitive_consent" not in self.fields:
            return None
        return {name: self.cleaned_data[name] for name in SENSITIVE if name in self.cleaned_data}


def level_scale(topic: choices.Topic) -> Any:
    """Return the scale of how well a person knows a topic."""
    label = format_lazy("{question} {topic}", question=_("How well can you do this?"), topic=topic.label)
    return scale(label, choices.Level.choices, required=True)


class MenteeSheetForm(SheetForm):
    """The mentee's sheet."""

    goals = forms.CharField(
        label=_("What would you like to reach?"),
        help_text=_("In your own words, one or two sentences."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    objectives = several(choices.Objective, _("What would you like to learn?"))
    motives = several(choices.Motive, _("What shall change in your life?"), required=False)
    expectations = forms.CharField(
        label=_("What do you expect of your mentor?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    level_information = level_scale(choices.Topic.INFORMATION)
    level_content = level_scale(choices.Topic.CONTENT)
    level_collaboration = level_scale(choices.Topic.COLLABORATION)
    level_marketing = level_scale(choices.Topic.MARKETING)
    level_problems = level_scale(choices.Topic.PROBLEMS)
    guidance = scale(_("How do you like to learn?"), choices.Guidance.choices, required=True)
    support = several(choices.Support, _("What help would you like?"))
    mixed_gender = forms.ChoiceField(
        label=_("May your mentor be of another gender?"),
        choices=choices.MixedGender.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.draft and data.get("mixed_gender") == choices.MixedGender.NO and not data.get("gender"):
            self.add_error("gender", _("Tell your gender, so that we can find a mentor of the same."))
        return data


class MentorSheetForm(SheetForm):
    """The mentor's sheet."""

    headline = forms.CharField(label=_("What you do, in one line"), max_length=150)
    country = forms.ChoiceField(label=_("Country"), choices=[("", "—"), *Country.choices])
    competences = several(choices.Competence, _("Your skills and competences"))
    experience = forms.CharField(
        label=_("Your experience and know-how"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    groups_before = forms.IntegerField(
        label=_("How many people or groups have you mentored before?"),
        help_text=_("Write 0 if this is your first time."),
        min_value=0,
        max_value=200,
    )
    level_information = level_scale(choices.Topic.INFORMATION)
    level_content = level_scale(choices.Topic.CONTENT)
    level_collaboration = level_scale(choices.Topic.COLLABORATION)
    level_marketing = level_scale(choices.Topic.MARKETING)
    level_problems = level_scale(choices.Topic.PROBLEMS)
    motives = several(choices.Motive, _("What change do you want to help bring about?"))
    objectives = several(choices.Objective, _("What can you work on with mentees?"))
    support = several(choices.Support, _("What help do you like to give?"))
    guidance = scale(
        _("How do you like to work with mentees?"),
        [(1, _("They work on their own and ask")), (3, _("I help now and then")), (5, _("I guide each step"))],
        required=True,
    )
    capacity = forms.IntegerField(label=_("How many mentees can you take at a time?"), min_value=1, max_value=6)


def initial_of(profile: Sheet, details: SensitiveDetails | None) -> dict[str, Any]:
    """Return what a sheet's form shows at first."""
    shown = {field.name: getattr(profile, field.name) for field in profile._meta.fields}
    shown["consent"] = has_consent(profile.user, "matching")
    shown.update({name: profile.digital_level.get(topic.value) for name, topic in LEVELS.items()})
    if details is not None:
        shown.update({name: getattr(details, name) for name in SENSITIVE if name != "sensitive_consent"})
        shown["sensitive_consent"] = True
    return shown


FORMS: Mapping[type[Sheet], type[SheetForm]] = {MentorProfile: MentorSheetForm, MenteeProfile: MenteeSheetForm}
