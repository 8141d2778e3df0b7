"""What a mentor shows to others, and requests for contact."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring_ext.profiles.choices import Area, Competence, Language, PublicField
from mentoring_ext.profiles.forms.search import Search, facet
from mentoring_ext.profiles.forms.sheets import several
from mentoring_ext.profiles.models import ContactRequest


class PublicForm(forms.Form):
    """What a mentor shows; the agreement is asked for anew only when it is not there."""

    shown = several(
        PublicField,
        _("What others may see of my sheet"),
        required=False,
        help_text=_("Your name and the line about your work always stand there. Your address never does."),
    )
    for_everybody = forms.BooleanField(
        label=_("Show it on the public page too, to people without an account"), required=False
    )
    agree = forms.BooleanField(
        label=_("I agree that my profile is shown like this"),
        error_messages={"required": _("We show nothing without your agreement.")},
    )


class BrowseForm(Search):
    """What somebody looks for among the public profiles."""

    q = forms.CharField(label=_("Name or words"), required=False, max_length=100)
    competence = facet(_("Competence"), Competence.choices)
    language = facet(_("Language"), Language.choices)
    area = facet(_("Area of activity"), Area.choices)


class ContactForm(forms.Form):
    """A request for contact."""

    purpose = forms.ChoiceField(
        label=_("What is it about?"),
        choices=ContactRequest.Purpose.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    message = forms.CharField(
        label=_("Your message"),
        help_text=_("Say who you are and what you would like. Leave out telephone numbers and addresses for now."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class AnswerForm(forms.Form):
    """The mentor's answer to a request."""

    answer = forms.CharField(
        label=_("Your words"),
        required=False,
        max_length=1000,
        help_text=_("A no needs no reason, but a kind word helps."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReportForm(forms.Form):
    """What is wrong with a request or its answer."""

    report = forms.CharField(label=_("What is wrong?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
