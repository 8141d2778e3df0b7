"""Forms about privacy."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.privacy.actions import Words


class EraseForm(forms.Form):
    """The user name, typed by hand; for somebody else's account also the reason."""

    username = forms.CharField(label=_("User name"), max_length=150)
    reason = forms.CharField(
        label=_("Why this account is erased"),
        help_text=_("The person reads this in the mail. Do not name other people."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )

    def __init__(self, *args: Any, username: str, own: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["username"]
        field.help_text = _("Type “%(name)s” to show that you mean it.") % {"name": username}
        field.widget.attrs |= {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        if own:
            del self.fields["reason"]


class PeriodForm(forms.Form):
    """How many days something is kept."""

    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=36_500)

    def __init__(self, *args: Any, fewest: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["days"].help_text = _("At least %(days)s.") % {"days": fewest}


class ConsentTextForm(forms.Form):
    """A new version of a consent's text in one language, with what has changed and until when older consents count."""

    title = forms.CharField(label=_("Title"), max_length=150)
    text = forms.CharField(
        label=_("Text"),
        help_text=_("Short sentences. Say what happens, who sees it, how long, and how to take it back."),
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    changes = forms.CharField(
        label=_("What has changed"),
        help_text=_("One or two sentences for those who agreed to the text before."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    renewal = forms.BooleanField(
        label=_("Ask everybody who agreed to agree again"),
        help_text=_("Do this when something changes for people. For a mended word it is not needed."),
        required=False,
    )
    renew_by = forms.DateField(
        label=_("Last day on which the older consent counts"),
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("renewal") and not data.get("renew_by") and "renew_by" not in self.errors:
            self.add_error("renew_by", _("Choose the last day on which the older consent counts."))
        return data

    @property
    def words(self) -> Words:
        """The words as they were typed."""
        data = self.cleaned_data
        return Words(data["title"], data["text"], data["changes"])

    @property
    def renew_until(self) -> datetime | None:
        """The end of the last day on which older consents count; None where nobody is asked again."""
        day: date | None = self.cleaned_data["renew_by"] if self.cleaned_data["renewal"] else None
        return timezone.make_aware(datetime.combine(day, time(23, 59))) if day else None
