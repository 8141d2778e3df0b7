"""Copying a programme, and adapting the copy."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lms.people.fields import DepartmentField
from lms.people.models import Department, Organisation, User
from mentoring_ext.programmes.models import Programme
from mentoring_ext.programmes.permissions import organisations_to_open_for


class CopyForm(forms.Form):
    """Where the copy goes, and what it is called there."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"), empty_label=None)
    department = DepartmentField(label=_("Department"), required=False, empty_label=_("The whole organisation"))
    name = forms.CharField(label=_("Name of the copy"), max_length=200)

    def __init__(self, *args: Any, user: User, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        places = organisations_to_open_for(user)
        cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"]).queryset = places
        departments = Department.objects.filter(organisation__in=places.order_by())
        cast(DepartmentField, self.fields["department"]).queryset = departments
        self.initial.setdefault("organisation", user.organisation_id)
        self.fields["name"].help_text = _("For example: %(name)s, libraries") % {"name": programme}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        department, organisation = data.get("department"), data.get("organisation")
        if department and organisation and department.organisation_id != organisation.pk:
            text = _("This department belongs to another organisation. Choose one of “%(organisation)s”.")
            self.add_error("department", ValidationError(text, params={"organisation": organisation}))
        return data


class WordsForm(forms.Form):
    """A programme's name and summary."""

    name = forms.CharField(label=_("Name"), max_length=200)
    summary = forms.CharField(label=_("Summary"), widget=forms.Textarea(attrs={"rows": 5}))


class PhaseForm(forms.Form):
    """What a phase is called and what happens in it."""

    name = forms.CharField(label=_("Name"), max_length=100)
    text = forms.CharField(label=_("What happens"), widget=forms.Textarea(attrs={"rows": 6}))


class PlanForm(forms.Form):
    """The plan of one session."""

    title = forms.CharField(label=_("Title"), max_length=200)
    topic = forms.CharField(label=_("Topic"), max_length=100)
    text = forms.CharField(label=_("Plan"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    activities = forms.CharField(
        label=_("Activities"),
        required=False,
        help_text=_("One on each line."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
