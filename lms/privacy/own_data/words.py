"""Values in words, for people."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Model
from django.utils import formats, timezone
from django.utils.translation import gettext as _


def words_of(row: Model, each: Any, value: Any) -> str:
    """Return a field's value in words: a choice by its label, a time as people write it."""
    if getattr(each, "choices", None):
        return str(getattr(row, f"get_{each.name}_display")())
    return in_words(value)


def in_words(value: Any) -> str:
    """Return any plain value in words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "l j F Y, H:i")
    if isinstance(value, date):
        return formats.date_format(value, "l j F Y")
    if isinstance(value, timedelta):
        return _("%s minutes") % int(value.total_seconds() // 60)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {in_words(inner)}" for name, inner in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(in_words(inner) for inner in value)
    return "" if value is None else str(value)
