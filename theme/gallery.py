"""All components on one page, for designers, developers and the tests; it exists in the demo only."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe


@dataclass(frozen=True)
class Sample:
    """A step for the beads."""

    number: int
    state: str
    label: str
    url: str = ""


class SampleForm(forms.Form):
    """Every kind of field that pages use."""

    name = forms.CharField(label=_("Your name"), help_text=_("As your colleagues know you."))
    email = forms.EmailField(label=_("E-mail address"), required=False)
    why = forms.CharField(label=_("Why do you want to be a mentor?"), widget=forms.Textarea)
    country = forms.ChoiceField(
        label=_("Country"), choices=[("", _("Choose a country")), ("gr", "Greece"), ("it", "Italy")]
    )
    hours = forms.IntegerField(label=_("Hours a week"), min_value=1, max_value=10, initial=2)
    day = forms.DateField(label=_("First day"), help_text=_("You can change it later."))
    time = forms.TimeField(label=_("Time"), required=False)
    starts_at = forms.DateTimeField(label=_("Session starts"), required=False)
    form = forms.ChoiceField(
        label=_("How do you meet?"),
        choices=[("online", _("Online")), ("place", _("In one place")), ("both", _("Both"))],
        widget=forms.RadioSelect,
    )
    skills = forms.MultipleChoiceField(
        label=_("What can you help with?"),
        choices=[("a", _("Social media")), ("b", _("Video")), ("c", _("Online safety"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    picture = forms.FileField(label=_("Picture"), required=False)
    agreed = forms.BooleanField(label=_("I have read the agreement"), help_text=_("You can read it again at any time."))

    def clean(self) -> None:
        if self.cleaned_data.get("hours") == 9:
            raise ValidationError(_("Nine hours is more than this programme can thank you for."))


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    states = ["done"] * 4 + ["missed", "late", "now"] + ["open"] * 5
    return render(
        request,
        "theme/gallery.html",
        {
            "form": SampleForm(),
            "wrong_form": SampleForm({"hours": "9", "email": "eleni"}, auto_id="wrong_%s"),
            "steps": [Sample(number, state, f"Session {number}") for number, state in enumerate(states, 1)],
            "people": ["Eleni Papadaki", "João Silva", "Åsa Öberg", "Zeynep", "Marta Nowak-Kowalska", "Ivo Dvořák"],
        },
    )
