"""Choosing a list, choosing for whom to print, and mending an address."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.choosing import SeveralField
from lms.files.forms import PrivateFileField
from lms.files.kinds import TABLES
from lms.people.models import Organisation, User
from mentoring_ext.invitations.permissions import Reach


class ListForm(forms.Form):
    """The file, and the organisation for rows that do not tell it; asked only where there are several."""

    file = PrivateFileField(label=_("Your list"), kinds=TABLES)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation"),
        required=False,
        empty_label=_("As the cohort or the department says"),
        help_text=_("For rows that name neither a cohort nor a department, such as managers."),
    )

    def __init__(self, *args: Any, reach: Reach, for_cohort: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = Organisation.objects.filter(pk__in=[each.pk for each in reach.managed])
        if for_cohort or len(reach.managed) < 2:
            del self.fields["organisation"]
        else:
            cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"]).queryset = choices


class PaperForm(forms.Form):
    """For whom to print an invitation."""

    people = SeveralField(
        User.objects.none(),
        label=_("People"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose somebody.")},
    )

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast("forms.ModelMultipleChoiceField[User]", self.fields["people"]).queryset = people


class AddressForm(forms.Form):
    """The right address of somebody who was invited."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The invitation is sent once more, to this address. Links that were sent elsewhere stop working."),
    )
