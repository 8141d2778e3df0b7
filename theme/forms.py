"""How forms are drawn: label above, help under it, error beside the field in words, native date and time inputs."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList


class NativeDate(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class NativeTime(forms.TimeInput):
    """The browser's own time picker."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class NativeDateTime(forms.DateTimeInput):
    """The browser's own picker of a date with a time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


NATIVE: dict[type[forms.Widget], type[forms.Widget]] = {
    forms.DateInput: NativeDate,
    forms.TimeInput: NativeTime,
    forms.DateTimeInput: NativeDateTime,
}
"""What stands in for Django's text inputs; subclasses (such as those of Wagtail's admin) stay as they are."""


class ThemeField(BoundField):
    """A field on a page: draws native date and time inputs, and knows its kind for the template."""

    def as_widget(self, widget: forms.Widget | None = None, attrs: Any = None, only_initial: bool = False) -> Any:
        widget = widget or self.field.widget
        native = NATIVE.get(type(widget))
        if native is not None and widget.attrs.get("type", "text") == "text":
            swapped = native(widget.attrs)
            swapped.is_localized, swapped.is_required = False, widget.is_required
            widget = swapped
        return super().as_widget(widget, attrs, only_initial)

    @property
    def is_single_checkbox(self) -> bool:
        """Whether the field is one box to tick, whose label stands to its right."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def says_optional(self) -> bool:
        """Whether the label says "optional": nothing is asked there, and it is not a mere tick."""
        return not (self.field.required or self.field.disabled or self.is_single_checkbox)


class ThemeRenderer(TemplatesSetting):
    """Draws ``{{ form }}``, ``{{ form.name.as_field_group }}`` and formsets with the theme's templates."""

    form_template_name = "theme/forms/form.html"
    field_template_name = "theme/forms/field.html"
    formset_template_name = "theme/forms/formset.html"
    bound_field_class = ThemeField

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Draw error lists on their own (``{{ field.errors }}``) as the theme does, too."""
        if template_name == ErrorList.template_name:
            template_name = "theme/forms/errors.html"
        return super().render(template_name, context, request)
