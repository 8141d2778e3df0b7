"""Opening a cohort."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people.countries import Country
from lms.people.models import User
from mentoring_ext.programmes.forms.place import PlaceForm
from mentoring_ext.programmes.models import Programme
from mentoring_ext.programmes.permissions import organisations_to_open_for


class CohortForm(PlaceForm):
    """What a new cohort is called, whose it is, and when it starts."""

    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Programme"), empty_label=None)
    name = forms.CharField(
        label=_("Name of the cohort"), max_length=200, help_text=_("For example: Spring 2027, or Elaia 3.")
    )
    country = forms.ChoiceField(label=_("Country"), choices=Country.choices)
    starts_on = forms.DateField(
        label=_("First day"),
        help_text=_("All sessions are held within six months from this day. A cohort may have started already."),
    )

    field_order = ("programme", "name", "organisation", "department")

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, user=user, **options)
        organisations = organisations_to_open_for(user)
        first = organisations.filter(pk=user.organisation_id or 0).first() or organisations.first()
        programmes = Programme.objects.visible_to(user)
        cast("forms.ModelChoiceField[Programme]", self.fields["programme"]).queryset = programmes
        self.initial = {"organisation": first, "country": first.country if first else None, **self.initial}
