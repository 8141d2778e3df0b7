"""Opening and changing a call."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people.models import User
from mentoring_ext.applications.models import Call
from mentoring_ext.programmes.models import Cohort


class CallForm(forms.ModelForm[Call]):
    """A call for mentors of a cohort that the person coordinates."""

    class Meta:
        model = Call
        fields = ["cohort", "title", "text", "opens_on", "closes_on"]
        labels = {
            "cohort": _("For which cohort?"),
            "title": _("Title"),
            "text": _("Whom do you look for?"),
            "opens_on": _("First day to apply"),
            "closes_on": _("Last day to apply"),
        }
        help_texts = {
            "title": _("For example: Mentors wanted in Athens."),
            "text": _("Say what mentors do, how much time it takes, and what you ask of them."),
        }

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["cohort"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Cohort.objects.coordinated_by(user).exclude(state=Cohort.State.FINISHED)
            field.empty_label = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        opens_on, closes_on = data.get("opens_on"), data.get("closes_on")
        if opens_on and closes_on and closes_on < opens_on:
            self.add_error("closes_on", _("The last day comes before the first day. Choose a later last day."))
        return data
