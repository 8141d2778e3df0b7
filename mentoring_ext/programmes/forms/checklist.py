"""Settling items of a checklist, and keeping checklists for the next cohorts."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lms.files.forms import PrivateFileField, stored_value
from lms.files.kinds import DOCUMENTS, PICTURES
from lms.people.models import Department, Organisation, User
from mentoring_ext.programmes.models import ChecklistItem, ChecklistTemplate, Item, Programme, TemplateItem
from mentoring_ext.programmes.permissions import (
    departments_with_checklists_of,
    keeps_checklists_of,
    organisations_managed_by,
)


class SettleForm(forms.Form):
    """That an item is done, with what proves it."""

    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        required=False,
        help_text=_("For example: who agreed, when, and where the paper lies."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    evidence = PrivateFileField(kinds=(*DOCUMENTS, *PICTURES), label=_("File that proves it"), required=False)

    def __init__(self, *args: Any, item: ChecklistItem, **options: Any) -> None:
        super().__init__(*args, **{"initial": {"note": item.note}, **options})
        self.item = item
        self.fields["evidence"].required = item.needs_evidence and item.evidence_id is None
        self.fields["evidence"].error_messages["required"] = _("Add the file that proves it.")

    def values(self, actor: User) -> dict[str, Any]:
        """Return note and stored file."""
        return {"note": self.cleaned_data["note"], "evidence": stored_value(self, "evidence", actor=actor)}


class ExcuseForm(forms.Form):
    """Why an item does not apply."""

    because = forms.CharField(
        label=_("Why does this not apply to the cohort?"),
        max_length=300,
        error_messages={"required": _("Say why this does not apply to your cohort.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ItemForm(forms.ModelForm[Item]):
    """A line of a checklist; ``model`` is set by the two kinds of lines."""

    class Meta:
        fields = ["text", "help", "area", "before", "ticked_by", "required", "needs_evidence"]
        labels = {
            "text": _("What must be settled?"),
            "help": _("How is it done, and who helps?"),
            "area": _("Where does the rule come from?"),
            "before": _("When must it be settled?"),
            "ticked_by": _("Who settles it?"),
            "required": _("The cohort cannot go on without it"),
            "needs_evidence": _("A file must prove it"),
        }
        widgets = {
            "help": forms.Textarea(attrs={"rows": 2}),
            "area": forms.RadioSelect,
            "before": forms.RadioSelect,
            "ticked_by": forms.RadioSelect,
        }


class CohortItemForm(ItemForm):
    """An item that only one cohort has."""

    class Meta(ItemForm.Meta):
        model = ChecklistItem


class TemplateItemForm(ItemForm):
    """An item of a template."""

    class Meta(ItemForm.Meta):
        model = TemplateItem


class TemplateForm(forms.Form):
    """A new checklist: for which programme, whose, and from where it starts."""

    programme = forms.ModelChoiceField(Programme.objects.all(), label=_("Programme"), empty_label=None)
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"), empty_label=None)
    department = forms.ModelChoiceField(
        Department.objects.none(),
        label=_("Department"),
        required=False,
        empty_label=_("The whole organisation"),
        help_text=_("A department's checklist comes on top of the organisation's."),
    )
    name = forms.CharField(label=_("Name of the checklist"), max_length=200)
    text = forms.CharField(
        label=_("Short introduction"),
        required=False,
        help_text=_("What should a coordinator know about the rules of your organisation?"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    like = forms.ModelChoiceField(
        ChecklistTemplate.objects.none(),
        label=_("Start from"),
        required=False,
        empty_label=_("An empty checklist"),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        organisations = organisations_managed_by(user)
        self._offer("organisation", organisations)
        self._offer("department", departments_with_checklists_of(user))
        if not any(keeps_checklists_of(user, organisation, None) for organisation in organisations):
            department = cast("forms.ModelChoiceField[Department]", self.fields["department"])
            department.required, department.empty_label = True, None
        self._offer("like", ChecklistTemplate.objects.visible_to(user))

    def _offer(self, name: str, choices: Any) -> None:
        cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = choices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        department, organisation = data.get("department"), data.get("organisation")
        if department and organisation and department.organisation_id != organisation.pk:
            text = _("This department belongs to another organisation. Choose one of “%(organisation)s”.")
            self.add_error("department", ValidationError(text, params={"organisation": organisation}))
        return data


class TemplateWordsForm(forms.ModelForm[ChecklistTemplate]):
    """What a checklist is called and says first."""

    class Meta:
        model = ChecklistTemplate
        fields = ["name", "text"]
        labels = {"name": _("Name of the checklist"), "text": _("Short introduction")}
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
