"""Looking people up, inviting one, and keeping their accounts."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lms.people.directory import role_choices
from lms.people.fields import DepartmentField
from lms.people.models import Department, Organisation, User
from lms.people.permissions import is_administrator


class PersonSearch(forms.Form):
    """Whom to show in the list of people."""

    words = forms.CharField(label=_("Name, user name or address"), required=False, max_length=100)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    department = DepartmentField(label=_("Department"), required=False, empty_label=_("All"))
    role = forms.ChoiceField(label=_("Role"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *User.State.choices])

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        organisations = Organisation.objects.visible_to(user).values_list("pk", "name")
        places: list[tuple[str, Any]] = [("", _("All")), *((str(pk), name) for pk, name in organisations)]
        if is_administrator(user):
            places.append(("none", _("Belongs to none")))
        _choices(self, "organisation", places)
        _choices(self, "role", [("", _("All")), *role_choices()])
        _departments(self, user)


class PlaceMixin(forms.Form):
    """Where a person belongs: the organisations and departments that the one who asks looks after."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"), required=False)
    department = DepartmentField(
        label=_("Department"), required=False, empty_label=_("None, or the whole organisation")
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = Organisation.objects.visible_to(user)
        field = cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"])
        field.queryset = offered
        if not is_administrator(user):
            field.required, field.empty_label = True, None
            self.initial.setdefault("organisation", offered.first())
        _departments(self, user)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        department, organisation = data.get("department"), data.get("organisation")
        if department and (organisation is None or department.organisation_id != organisation.pk):
            text = _("This department belongs to another organisation. Choose one of the organisation above.")
            self.add_error("department", ValidationError(text, code="other_organisation"))
        return data


class PersonForm(PlaceMixin):
    """A person's name, and where they belong."""

    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Family name"), max_length=150)
    field_order: Sequence[str] = ("first_name", "last_name", "organisation", "department")


class InvitationForm(PersonForm):
    """Whom to invite."""

    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("The invitation goes to this address. It works for two weeks.")
    )
    field_order = ("first_name", "last_name", "email", "organisation", "department")


class AddressForm(forms.Form):
    """The right address of somebody who was invited."""

    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("The invitation is sent once more, to this address.")
    )


class NameAgainForm(forms.Form):
    """The person's name once more, before the account is closed."""

    name = forms.CharField(label=_("Write the person’s name to confirm"), max_length=310)

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        self.fields["name"].help_text = _("It is: %(name)s") % {"name": person}

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if " ".join(name.split()).casefold() != str(self.person).casefold():
            raise ValidationError(_("This is not the name. Write it as it stands above."), code="other_name")
        return name


def _departments(form: forms.Form, user: User) -> None:
    cast(DepartmentField, form.fields["department"]).queryset = Department.objects.visible_to(user)


def _choices(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = choices
