"""Lists that go on from the last row shown, and the filters of an address."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from lms.plugins import Text

PAGE = 24


@dataclass(frozen=True)
class Page:
    """Some rows of a list; ``older`` is the key to go on with, None at the end; ``newest``: nothing stands before."""

    rows: list[Any]
    older: int | None
    newest: bool


def key_of(before: str | None) -> int | None:
    """Return the key of the row that a page goes on from."""
    return int(before) if before and before.isdecimal() and len(before) < 19 else None


def chosen_filters(form: forms.Form) -> list[tuple[Text, Text, str]]:
    """Return label, word and the address without it for every filter that is set."""
    chosen = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    return [
        (form.fields[name].label or "", word_for(form, name, value), _address(chosen, without=name))
        for name, value in chosen.items()
    ]


def _address(chosen: dict[str, Any], *, without: str) -> str:
    others = QueryDict(mutable=True)
    others.update({name: "on" if value is True else value for name, value in chosen.items() if name != without})
    return f"?{others.urlencode()}"


def word_for(form: forms.Form, name: str, value: Any) -> Text:
    """Return what a filter's value means in words; a box that is ticked has none beside its label."""
    flat: dict[Any, Any] = {}
    for code, label in getattr(form.fields[name], "choices", []):
        flat.update(dict(label) if isinstance(label, list) else {code: label})
    return "" if value is True else flat.get(value, value)


def filters_of(query: QueryDict, form: forms.Form) -> str:
    """Return the filters of an address that are set, without the page, always in the same order."""
    kept = QueryDict(mutable=True)
    for name in form.fields:
        if value := query.get(name, "").strip():
            kept[name] = value
    return kept.urlencode()
