"""What a coordinator asks a person about the sheet."""

from typing import Any, cast

from django import forms

from lms.people.models import User
from mentoring_ext.matching.encoding import HOURS_OF_WEEK
from mentoring_ext.matching.forms.people import PersonField
from mentoring_ext.matching.models import SheetQuestion
from mentoring_ext.programmes.models import Cohort


class AskForm(forms.Form):
    """Whom a coordinator asks, and for what; all of it comes from a suggestion, nothing is typed."""

    person = PersonField(User.objects.none())
    kind = forms.ChoiceField(choices=SheetQuestion.Kind)
    hours = forms.TypedMultipleChoiceField(
        choices=[(hour, hour) for hour in range(HOURS_OF_WEEK)], coerce=int, required=False
    )
    for_group = forms.BooleanField(required=False)

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = cohort.memberships.present().values("user")
        cast(PersonField, self.fields["person"]).queryset = User.objects.filter(pk__in=members)
