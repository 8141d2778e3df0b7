"""Which notices come by mail."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.notices.actions import kinds
from lms.notices.models import MailChoice
from lms.people.models import User


class MailChoiceForm(forms.Form):
    """Ticked kinds come by mail; the others stand in the site only."""

    wanted = forms.MultipleChoiceField(
        label=_("Send me a mail when"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.mailed = {name: kind.label for name, kind in kinds().items() if kind.mail}
        refused = set(MailChoice.objects.filter(user=user).values_list("kind", flat=True))
        kwargs.setdefault("initial", {"wanted": [name for name in self.mailed if name not in refused]})
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["wanted"]).choices = list(self.mailed.items())

    @property
    def unwanted(self) -> list[str]:
        """The kinds that were not ticked."""
        return [name for name in self.mailed if name not in self.cleaned_data["wanted"]]
