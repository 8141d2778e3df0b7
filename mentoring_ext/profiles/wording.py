"""Words for the codes of a sheet."""

from django.db.models import TextChoices
from django.utils.dates import WEEKDAYS

from lms.plugins import Text
from mentoring_ext.profiles.terms import HOURS_OF_DAY


def words(options: type[TextChoices], codes: list[str]) -> list[Text]:
    """Return the labels of codes; a code that is no longer offered stays as it is."""
    labels = dict(options.choices)
    return [labels.get(code, code) for code in codes]


def free_hours_in_words(hours: list[int]) -> list[tuple[Text, str]]:
    """Return the free hours by day, such as ("Monday", "9:00–11:00, 18:00–20:00")."""
    found: list[tuple[Text, str]] = []
    for day in range(7):
        free = sorted(hour % HOURS_OF_DAY for hour in hours if hour // HOURS_OF_DAY == day)
        starts = [hour for hour in free if hour - 1 not in free]
        ends = [hour + 1 for hour in free if hour + 1 not in free]
        if free:
            found.append((WEEKDAYS[day], ", ".join(f"{a}:00–{b}:00" for a, b in zip(starts, ends, strict=True))))
    return found
