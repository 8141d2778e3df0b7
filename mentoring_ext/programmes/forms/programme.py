"""Copying a programme, and adapting the copy."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people.models import User
from mentoring_ext.programmes.forms.place import PlaceForm
from mentoring_ext.programmes.models import Programme


class CopyForm(PlaceForm):
    """Where the copy goes, and what it is called there."""

    name = forms.CharField(label=_("Name of the copy"), max_length=200)

    def __init__(self, *args: Any, user: User, programme: Programme, **options: Any) -> None:
        super().__init__(*args, user=user, **options)
        self.initial.setdefault("organisation", user.organisation_id)
        self.fields["name"].help_text = _("For example: %(name)s, libraries") % {"name": programme}


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
