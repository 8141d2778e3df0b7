"""Organisations and departments."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people.countries import Country
from lms.people.fields import DepartmentField
from lms.people.models import Department, Organisation, User
from lms.people.permissions import gives_everywhere_in


class OrganisationForm(forms.Form):
    """An organisation's name and country, and whether its people agree to the terms on their way in."""

    name = forms.CharField(label=_("Name"), max_length=200)
    country = forms.ChoiceField(label=_("Country"), choices=Country.choices)
    asks_terms = forms.BooleanField(
        label=_("People agree to the terms when they accept an invitation"),
        required=False,
        help_text=_("Without it, everybody is asked on the first page after signing in."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = self.initial.get("country")
        if known and known not in Country.values:
            field = cast(forms.ChoiceField, self.fields["country"])
            field.choices = [(known, known), *Country.choices]


class DepartmentForm(forms.Form):
    """A department's name, and below which other one it stands."""

    name = forms.CharField(label=_("Name"), max_length=200)
    parent = DepartmentField(label=_("Stands below"), required=False, empty_label=_("Nothing: it stands at the top"))

    def __init__(
        self, *args: Any, organisation: Organisation, user: User, department: Department | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        parents = Department.objects.visible_to(user).filter(organisation=organisation)
        if department:
            parents = parents.exclude(path__startswith=department.path)
        field = cast(DepartmentField, self.fields["parent"])
        field.queryset = parents
        if gives_everywhere_in(user, organisation):
            return
        # Who manages one department only adds below it, and leaves where it stands itself as it is.
        field.required, field.empty_label = True, None
        if department and not field.queryset.filter(pk=department.parent_id or 0).exists():
            del self.fields["parent"]
