"""The grid of free hours in a week: boxes in a table, hours down and days across."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from lms.plugins import Text
from mentoring_ext.profiles.terms import HOURS_OF_DAY, PARTS_OF_DAY

HOURS_OF_WEEK = 7 * HOURS_OF_DAY
NAMES: dict[str, Text] = {
    "early": _("Before 8:00"),
    "morning": _("Morning"),
    "afternoon": _("Afternoon"),
    "evening": _("Evening"),
}
"""The words for the parts of a day."""


class HourGrid(forms.CheckboxSelectMultiple):
    """Boxes for the hours of the week under the headings of days and parts of the day."""

    template_name = "profiles/hour_grid.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = {str(hour) for hour in value or []}
        context["days"] = [(WEEKDAYS_ABBR[day], WEEKDAYS[day]) for day in range(7)]
        context["parts"] = [
            (part, NAMES[part], [(f"{hour}:00", self._row(hour, chosen)) for hour in hours])
            for part, hours in PARTS_OF_DAY.items()
        ]
        return context

    def _row(self, hour: int, chosen: set[str]) -> list[dict[str, Any]]:
        slots = [day * HOURS_OF_DAY + hour for day in range(7)]
        return [
            {"value": slot, "checked": str(slot) in chosen, "day": WEEKDAYS[slot // HOURS_OF_DAY]} for slot in slots
        ]


class FreeHoursField(forms.TypedMultipleChoiceField):
    """Free hours of the week as numbers 0 (Monday 00:00) to 167."""

    widget = HourGrid
    default_error_messages = {"required": _("Tick the hours when you are often free.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[(hour, hour) for hour in range(HOURS_OF_WEEK)], coerce=int, **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        chosen = {int(hour) for hour in value}
        if self.required and not any(h + 1 in chosen and (h + 1) % HOURS_OF_DAY for h in chosen):
            raise forms.ValidationError(_("Tick two hours in a row on at least one day."), code="too_short")
