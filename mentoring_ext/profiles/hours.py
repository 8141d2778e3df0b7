"""The grid of free hours in a week: boxes in a table, hours down and days across."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from mentoring_ext.profiles.choices import FIRST_HOUR, LAST_HOUR

HOURS_OF_DAY = 24
PARTS_OF_DAY = ((_("Morning"), FIRST_HOUR, 11), (_("Afternoon"), 12, 17), (_("Evening"), 18, LAST_HOUR))


class HourGrid(forms.CheckboxSelectMultiple):
    """Boxes for the hours of the week under the headings of days and parts of the day."""

    template_name = "profiles/hour_grid.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = {str(hour) for hour in value or []}
        context["days"] = [(WEEKDAYS_ABBR[day], WEEKDAYS[day]) for day in range(7)]
        context["parts"] = [
            (label, [(f"{hour}:00", self._row(hour, chosen)) for hour in range(first, last + 1)])
            for label, first, last in PARTS_OF_DAY
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
        hours = [day * HOURS_OF_DAY + hour for day in range(7) for hour in range(FIRST_HOUR, LAST_HOUR + 1)]
        super().__init__(choices=[(hour, hour) for hour in hours], coerce=int, **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        chosen = {int(hour) for hour in value}
        if self.required and not any(h + 1 in chosen and (h + 1) % HOURS_OF_DAY for h in chosen):
            raise forms.ValidationError(_("Tick two hours in a row on at least one day."), code="too_short")
