"""Offering an interview, answering to it, and writing down what was said."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.people.models import User
from mentoring_ext.applications.actions import Offer
from mentoring_ext.applications.models import Appointment, Interview

TIMES = 4


class OfferForm(forms.Form):
    """One or several times for an interview, a place or a link."""

    host = forms.ModelChoiceField(User.objects.none(), label=_("Who talks with the applicant?"), empty_label=None)
    place = forms.CharField(
        label=_("Place"), required=False, max_length=200, help_text=_("For example: Town library, room 2.")
    )
    link = forms.URLField(
        label=_("Link to the video meeting"), required=False, assume_scheme="https", help_text=_("Place, link or both.")
    )
    minutes = forms.IntegerField(label=_("How many minutes?"), min_value=10, max_value=240, initial=45)

    def __init__(
        self, data: Any = None, *, hosts: Any, host: User, appointment: Appointment | None = None, times: Any = ()
    ) -> None:
        known: dict[str, Any] = {"host": host}
        if appointment:
            known = {
                "host": appointment.host or host,
                "place": appointment.place,
                "link": appointment.link,
                "minutes": appointment.minutes,
            }
        super().__init__(data, initial=known)
        field = self.fields["host"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = hosts
        offered = [timezone.localtime(time) for time in times]
        for number in range(1, TIMES + 1):
            self.fields[f"time_{number}"] = forms.DateTimeField(
                label=_("Time %(number)d") % {"number": number},
                required=number == 1,
                initial=offered[number - 1] if number <= len(offered) else None,
                input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
            )

    def offer(self) -> Offer:
        """Return what is offered."""
        given = self.cleaned_data
        times = [given[f"time_{number}"] for number in range(1, TIMES + 1) if given.get(f"time_{number}")]
        return Offer(
            times=times, host=given["host"], place=given["place"], link=given["link"], minutes=given["minutes"]
        )


class WishForm(forms.Form):
    """Another time, in the applicant's words."""

    wish = forms.CharField(
        label=_("Which times suit you?"),
        help_text=_("For example: Tuesday or Thursday after 17:00."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RecordForm(forms.Form):
    """What was said in an interview: notes on each question, and the impression."""

    held_on = forms.DateField(label=_("Day of the interview"))
    impression = forms.CharField(
        label=_("Your impression"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, data: Any = None, *, questions: list[str], interview: Interview | None = None) -> None:
        known = {row["question"]: row["note"] for row in interview.answers} if interview else {}
        first = {"held_on": timezone.localdate()}
        super().__init__(
            data, initial={"held_on": interview.held_on, "impression": interview.impression} if interview else first
        )
        self.questions = list(dict.fromkeys([*known, *questions]))
        for number, question in enumerate(self.questions):
            self.fields[f"note_{number}"] = forms.CharField(
                label=question,
                required=False,
                max_length=3000,
                initial=known.get(question, ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.order_fields(["held_on", *[f"note_{number}" for number in range(len(self.questions))], "impression"])

    def answers(self) -> list[dict[str, str]]:
        """Return each question with its note."""
        notes = [self.cleaned_data[f"note_{number}"] for number in range(len(self.questions))]
        return [{"question": question, "note": note} for question, note in zip(self.questions, notes, strict=True)]
