"""Opening a cohort."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lms.people.countries import Country
from lms.people.fields import DepartmentField
from lms.people.models import Department, Organisation, User
from mentoring_ext.programmes.models import Programme
from mentoring_ext.programmes.permissions import organisations_to_open_for


class CohortForm(forms.Form):
    """What a new cohort is called, whose it is, and when it starts."""

    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Programme"), empty_label=None)
    name = forms.CharField(
        label=_("Name of the cohort"), max_length=200, help_text=_("For example: Spring 2027, or Elaia 3.")
    )
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"), empty_label=None)
    department = DepartmentField(label=_("Department"), required=False, empty_label=_("The whole organisation"))
    country = forms.ChoiceField(label=_("Country"), choices=Country.choices)
    starts_on = forms.DateField(
        label=_("First day"),
        help_text=_("All sessions are held within six months from this day. A cohort may have started already."),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        organisations = organisations_to_open_for(user)
        first = organisations.filter(pk=user.organisation_id or 0).first() or organisations.first()
        _choose(self, "programme", Programme.objects.visible_to(user))
        _choose(self, "organisation", organisations)
        _choose(self, "department", Department.objects.filter(organisation__in=organisations.order_by()))
        self.initial = {"organisation": first, "country": first.country if first else None, **self.initial}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        department, organisation = data.get("department"), data.get("organisation")
        if department and organisation and department.organisation_id != organisation.pk:
            text = _("This department belongs to another organisation. Choose one of “%(organisation)s”.")
            self.add_error("department", ValidationError(text, params={"organisation": organisation}))
        return data


def _choose(form: forms.Form, name: str, choices: QuerySet[Any]) -> None:
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = choices
