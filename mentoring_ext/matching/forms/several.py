"""Choosing a few people among very many."""

from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


class SeveralSelects(forms.SelectMultiple):
    """Some lists of one choice each, one under the other, in place of hundreds of boxes to tick."""

    use_fieldset = True

    def __init__(self, count: int, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.count = count

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Return what was chosen, without the lists in which nothing was."""
        return [value for value in super().value_from_datadict(data, files, name) or [] if value]

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """Return no single field: the label stands over all lists."""
        return ""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Return the lists; the first ones hold what was chosen."""
        chosen = [*(value or []), *[""] * self.count][: max(self.count, len(value or []))]
        return format_html_join(
            "\n", "{}", ((self._one(name, one, place, attrs or {}, renderer),) for place, one in enumerate(chosen, 1))
        )

    def _one(self, name: str, value: Any, place: int, attrs: dict[str, Any], renderer: Any) -> SafeString:
        label = _("Mentee %(number)s") % {"number": place}
        own = {**attrs, "id": f"{attrs.get('id', name)}_{place}", "aria-label": label}
        return forms.Select(choices=[("", "---------"), *self.choices]).render(name, value, own, renderer)
