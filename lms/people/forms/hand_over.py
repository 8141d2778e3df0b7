"""Who takes which duty."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people.actions import Resting
from lms.people.models import User


class HandOverForm(forms.Form):
    """A choice for each duty that somebody could take: nobody for now, or who takes it."""

    def __init__(self, *args: Any, resting: Sequence[Resting], **options: Any) -> None:
        super().__init__(*args, **options)
        self.resting = {each.name: each for each in resting if each.takers}
        for name, each in self.resting.items():
            people = [(str(person.pk), str(person)) for person in each.takers]
            self.fields[name] = forms.ChoiceField(
                label=str(each.duty.title),
                required=False,
                choices=[("", _("Stays where it is for now")), *people],
            )

    def choices(self) -> list[tuple[str, str, User]]:
        """Return source, key and taker of each duty for which somebody was chosen."""
        chosen = []
        for name, each in self.resting.items():
            if taker := self.cleaned_data.get(name):
                person = next(person for person in each.takers if str(person.pk) == taker)
                chosen.append((each.source.name, each.duty.key, person))
        return chosen
