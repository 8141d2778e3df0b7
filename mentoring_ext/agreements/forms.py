"""Writing the agreement, and signing it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentoring_ext.agreements.actions import Terms
from mentoring_ext.agreements.models import Agreement
from mentoring_ext.agreements.wording import CONTACT_LIMITS, FREQUENCY, PRIVACY, RESPONSIBILITIES, RULES
from mentoring_ext.groups.models import MentoringGroup


def _long(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class AgreementForm(forms.Form):
    """Everything that the group agrees on; most of it is filled in, the goals are the group's own."""

    goals = forms.CharField(
        label=_("Goals that you set together"),
        help_text=_("Write what each of you wants to reach, in your own words."),
        widget=_long(6),
    )
    starts_on = forms.DateField(label=_("First day"))
    ends_on = forms.DateField(label=_("Last day"))
    session_count = forms.IntegerField(label=_("Number of sessions"), min_value=1, max_value=100)
    session_minutes = forms.IntegerField(label=_("Length of a session in minutes"), min_value=15, max_value=480)
    frequency = forms.CharField(label=_("How often you meet"), max_length=100)
    format = forms.ChoiceField(label=_("How you meet"), choices=Agreement.Format, widget=forms.RadioSelect)
    place = forms.CharField(
        label=_("Place"), max_length=200, required=False, help_text=_("A room, or the service that you use online.")
    )
    responsibilities = forms.CharField(label=_("Who is responsible for what"), widget=_long(6))
    contact_limits = forms.CharField(
        label=_("When you may contact each other"),
        help_text=_("Days, hours, and how soon one may expect an answer."),
        widget=_long(3),
    )
    rules = forms.CharField(label=_("Rules of cooperation"), widget=_long(6))
    privacy = forms.CharField(label=_("Privacy statement"), widget=_long(5))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day must come after the first day."))
        return data

    def terms(self) -> Terms:
        """Return what was written, as the action takes it."""
        return Terms(**self.cleaned_data)


def first_words(group: MentoringGroup, current: Agreement | None) -> dict[str, Any]:
    """Return what the form shows at first: the present text, or the programme's usual words."""
    if current is not None:
        return {name: getattr(current, name) for name in Agreement.TEXT}
    programme, sessions = group.cohort.programme, list(group.sessions.order_by("number"))
    starts_on = timezone.localdate(sessions[0].starts_at) if sessions else timezone.localdate(group.opened_at)
    last = timezone.localdate(sessions[-1].starts_at) if sessions else starts_on + timedelta(weeks=programme.weeks)
    return {
        "starts_on": starts_on,
        "ends_on": min(last, group.cohort.ends_on) if last > starts_on else last,
        "session_count": programme.session_plans.count(),
        "session_minutes": programme.session_minutes,
        "frequency": FREQUENCY,
        "format": Agreement.Format.ONLINE,
        "responsibilities": RESPONSIBILITIES,
        "contact_limits": CONTACT_LIMITS,
        "rules": RULES,
        "privacy": PRIVACY,
    }


class SignatureForm(forms.Form):
    """The signature: one's own name."""

    name = forms.CharField(
        label=_("Your full name"),
        max_length=300,
        help_text=_("Typing your name here is your signature."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
