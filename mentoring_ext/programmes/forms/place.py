"""Choosing for which organisation or department something is made."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lms.people.fields import DepartmentField
from lms.people.models import Organisation, User
from mentoring_ext.programmes.permissions import (
    departments_to_open_for,
    opens_for_a_whole_organisation,
    organisations_to_open_for,
)


class PlaceForm(forms.Form):
    """An organisation and perhaps a department, of those that ``user`` opens cohorts for.

    Who serves departments alone chooses one of them.
    """

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"), empty_label=None)
    department = DepartmentField(label=_("Department"), required=False, empty_label=_("The whole organisation"))

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"]).queryset = organisations_to_open_for(
            user
        )
        department = cast(DepartmentField, self.fields["department"])
        if not opens_for_a_whole_organisation(user):
            department.required, department.empty_label = True, None
        department.queryset = departments_to_open_for(user)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        department, organisation = data.get("department"), data.get("organisation")
        if department and organisation and department.organisation_id != organisation.pk:
            text = _("This department belongs to another organisation. Choose one of “%(organisation)s”.")
            self.add_error("department", ValidationError(text, params={"organisation": organisation}))
        return data
