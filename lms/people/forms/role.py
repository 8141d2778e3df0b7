"""Giving a role."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lms.people.forms.people import PlaceMixin
from lms.people.models import OrganisationMembership, SiteRole, User


class RoleForm(PlaceMixin):
    """Which role, and where it holds; roles on the whole site are offered to administrators alone."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    field_order = ("role", "organisation", "department")

    def __init__(self, *args: Any, user: User, person: User, **options: Any) -> None:
        super().__init__(*args, user=user, **options)
        site = user.has_perm("lms_people.give_site_role", person)
        offered = [
            *((value, _in_words(value)) for value in OrganisationMembership.Role.values),
            *((value, _in_words(value)) for value in SiteRole.Role.values if site),
        ]
        cast(forms.ChoiceField, self.fields["role"]).choices = offered
        self.fields["organisation"].help_text = _("For managers and coordinators. The other roles hold everywhere.")
        self.fields["department"].help_text = _("The role then holds for it and for all departments below it.")
        self.initial.setdefault("organisation", person.organisation_id)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        missing = not data.get("organisation") and "organisation" not in self.errors
        if missing and data.get("role") in OrganisationMembership.Role.values:
            text = _("Choose the organisation that the role holds for.")
            self.add_error("organisation", ValidationError(text, code="required"))
        return data


def _in_words(role: str) -> Any:
    return {
        "manager": _("Manager: answers for an organisation or a department, sees figures, reviews practices"),
        "coordinator": _("Coordinator: opens cohorts for the organisation and runs their own"),
        "trainer": _("Trainer: holds workshops and accompanies shadowing, on the whole site"),
        "editor": _("Editor: writes and publishes training, on the whole site"),
        "administrator": _("Administrator: looks after accounts, organisations and the site"),
    }[role]
