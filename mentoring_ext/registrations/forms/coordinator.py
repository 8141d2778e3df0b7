"""Opening a registration, its conditions and partners; filtering and declining."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.people.models import User
from lms.questionnaires.models import Question, Questionnaire, Version
from mentoring_ext.programmes.models import Cohort
from mentoring_ext.registrations.models import EligibilityRule, Opening, State
from mentoring_ext.registrations.use import USE


class OpeningForm(forms.ModelForm[Opening]):
    """Dates, places, words, and the composed form that people fill in."""

    questionnaire = forms.ModelChoiceField(
        label=gettext_lazy("Form"),
        queryset=Questionnaire.objects.none(),
        required=False,
        empty_label=gettext_lazy("The form that ships with Kyklos"),
        help_text=gettext_lazy("Your own published forms stand here, too. You make them under “Forms”."),
    )

    class Meta:
        model = Opening
        fields = ["cohort", "title", "text", "opens_on", "closes_on", "places", "reply_days", "is_public"]
        help_texts = {
            "text": gettext_lazy("What do people learn, with whom, when and where? What does it cost them?"),
            "places": gettext_lazy("Who comes after the last place goes on the waiting list."),
            "reply_days": gettext_lazy("So long somebody may think about it who moves up from the waiting list."),
            "is_public": gettext_lazy("Otherwise people need a link from you or from a partner."),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, data: Any = None, *, user: User, instance: Opening | None = None) -> None:
        super().__init__(data, instance=instance)
        if instance is not None:
            del self.fields["cohort"], self.fields["questionnaire"]
            return
        cohorts = Cohort.objects.coordinated_by(user).filter(opening=None).exclude(state=Cohort.State.FINISHED)
        self.fields["cohort"] = forms.ModelChoiceField(label=_("Cohort"), queryset=cohorts)
        self.fields["questionnaire"] = self._questionnaires(user)

    def _questionnaires(self, user: User) -> forms.ModelChoiceField[Questionnaire]:
        field = self.base_fields["questionnaire"]
        forms_of_use = Questionnaire.objects.visible_to(user).filter(use=USE).exclude(organisation=None)
        own = forms_of_use.filter(versions__published_at__isnull=False).distinct()
        return forms.ModelChoiceField(
            queryset=own,
            required=False,
            label=field.label,
            help_text=field.help_text,
            empty_label=_("The form that ships with Kyklos"),
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        opens, closes = data.get("opens_on"), data.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The last day comes before the first day. Choose a later last day."))
        return data


class RulesForm(forms.Form):
    """Which answers somebody needs to take part, and what others are told."""

    def __init__(self, data: Any = None, *, version: Version, rules: list[EligibilityRule]) -> None:
        super().__init__(data)
        known = {rule.question: rule for rule in rules}
        self.questions = list(_choosing(version))
        for question in self.questions:
            rule = known.get(question.code)
            self.fields[f"answers-{question.code}"] = forms.MultipleChoiceField(
                label=question.text,
                choices=question.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=rule.answers if rule else [],
                help_text=_("Tick the answers that fit. Leave all empty when every answer fits."),
            )
            self.fields[f"text-{question.code}"] = forms.CharField(
                label=_("What we tell others"), required=False, max_length=300, initial=rule.text if rule else ""
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for question in self.questions:
            if data.get(f"answers-{question.code}") and not data.get(f"text-{question.code}"):
                self.add_error(f"text-{question.code}", _("Say kindly which condition is not met."))
        return data

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of each question: the answers that fit, and the words for who answers otherwise."""
        return [(self[f"answers-{question.code}"], self[f"text-{question.code}"]) for question in self.questions]

    def rules(self) -> list[EligibilityRule]:
        """Return the conditions as they shall be."""
        data = self.cleaned_data
        asked = [(q.code, data[f"answers-{q.code}"], data[f"text-{q.code}"]) for q in self.questions]
        return [EligibilityRule(question=code, answers=answers, text=text) for code, answers, text in asked if answers]


def _choosing(version: Version) -> Iterator[Question]:
    for section in version.sections.all():
        yield from (q for q in section.questions.all() if q.kind in Question.CHOSEN and not q.field)


class PartnerForm(forms.Form):
    """Who refers people."""

    name = forms.CharField(label=gettext_lazy("Partner organisation"), max_length=200)
    contact = forms.CharField(label=gettext_lazy("Who refers people there"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("E-mail address"))


class FilterForm(forms.Form):
    """Narrows the list."""

    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    fits = forms.ChoiceField(label=gettext_lazy("Conditions"), required=False)
    partner = forms.ChoiceField(label=gettext_lazy("Referred by"), required=False)

    def __init__(self, data: Any, *, opening: Opening) -> None:
        super().__init__(data)
        everyone = ("", _("All"))
        states = [choice for choice in State.choices if choice[0] not in {State.STARTED, State.UNCONFIRMED}]
        self.fields["state"] = forms.ChoiceField(label=_("State"), required=False, choices=[everyone, *states])
        fits = [everyone, ("yes", _("All met")), ("no", _("Not all met"))]
        self.fields["fits"] = forms.ChoiceField(label=_("Conditions"), required=False, choices=fits)
        partners = [(str(partner.pk), partner.name) for partner in opening.partners.all()]
        choices = [everyone, ("none", _("Nobody")), *partners]
        self.fields["partner"] = forms.ChoiceField(label=_("Referred by"), required=False, choices=choices)

    def narrow(self, registrations: Any) -> Any:
        """Return the registrations that the filters leave."""
        data = self.cleaned_data if self.is_valid() else {}
        if data.get("state"):
            registrations = registrations.filter(state=data["state"])
        if data.get("fits"):
            registrations = registrations.filter(unmet=[]) if data["fits"] == "yes" else registrations.exclude(unmet=[])
        if data.get("partner"):
            wanted = None if data["partner"] == "none" else data["partner"]
            registrations = registrations.filter(partner=wanted)
        return registrations


class DeclineForm(forms.Form):
    """Why not."""

    answer = forms.CharField(
        label=gettext_lazy("Why do you say no?"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("The person gets these words. Say what could help next time."),
    )
