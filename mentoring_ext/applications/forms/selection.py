"""Words of the selection report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring_ext.applications.models import SelectionGuide, SelectionReport


class GuideForm(forms.ModelForm[SelectionGuide]):
    """How the organisation works and selects."""

    class Meta:
        model = SelectionGuide
        fields = ["introduction", "guidelines"]
        help_texts = {
            "introduction": _("A short introduction for people from outside. Every selection report opens with it."),
            "guidelines": _("The rules by which you select."),
        }
        widgets = {
            "introduction": forms.Textarea(attrs={"rows": 8}),
            "guidelines": forms.Textarea(attrs={"rows": 8}),
        }


class ReportForm(forms.ModelForm[SelectionReport]):
    """What the report of one call shows."""

    class Meta:
        model = SelectionReport
        fields = ["with_names", "remarks"]
        labels = {"with_names": _("Show the names of the applicants"), "remarks": _("Remarks on this selection")}
        help_texts = {"with_names": _("Without names, each applicant stands in the report as a number.")}
        widgets = {"remarks": forms.Textarea(attrs={"rows": 4})}


class SignForm(forms.Form):
    """A name under the report."""

    signature = forms.CharField(label=_("Your first name and family name"), max_length=200)
