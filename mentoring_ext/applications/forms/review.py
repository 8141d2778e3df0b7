"""What a coordinator writes about applications."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring_ext.applications.models import OPEN_STAGES, Note, Stage


class MoveForm(forms.Form):
    """Another stage for an application."""

    stage = forms.ChoiceField(label=_("Stage"), choices=[(stage, Stage(stage).label) for stage in OPEN_STAGES])


class NoteForm(forms.ModelForm[Note]):
    """A reviewer's note."""

    class Meta:
        model = Note
        fields = ["text"]
        labels = {"text": _("Your note")}
        help_texts = {"text": _("Only the coordinators see it. The applicant does not.")}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class AcceptForm(forms.Form):
    """A word of welcome, if one likes."""

    answer = forms.CharField(
        label=_("A word of welcome"),
        help_text=_("It stands in the mail to the new mentor."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DeclineForm(forms.Form):
    """Why not; the applicant reads it."""

    answer = forms.CharField(
        label=_("Your answer to the applicant"),
        help_text=_("Say thank you, and say why not. The applicant gets these words by mail."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
