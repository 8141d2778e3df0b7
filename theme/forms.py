"""How forms are drawn: label above, help under it, error beside the field in words, native date and time inputs."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.fields import BaseTemporalField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList
from django.utils.translation import gettext_lazy as _


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


ASKS = (
    (forms.ModelMultipleChoiceField, _("Choose at least one.")),
    (forms.MultipleChoiceField, _("Choose at least one.")),
    (forms.ChoiceField, _("Choose one.")),
    (forms.ModelChoiceField, _("Choose one.")),
    (forms.BooleanField, _("Tick this box to go on.")),
    (forms.FileField, _("Choose a file.")),
    (BaseTemporalField, _("Choose a day or time.")),
    (forms.IntegerField, _("Write a number here.")),
    (forms.Field, _("Write something here.")),
)
"""What a field that was left out says, instead of "This field is required."; the first kind that fits."""

LIMITS = {
    "min_value": _("Write %(limit_value)s or a higher number."),
    "max_value": _("Write %(limit_value)s or a lower number."),
    "max_length": _("Write at most %(limit_value)d characters. These are %(show_value)d."),
}
"""What a field says that got too much or too little, instead of "Ensure this value …"."""


class ThemeField(BoundField):
    """A field on a page: draws native date and time inputs and no grey words, and knows its kind for the template."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
            field.error_messages["required"] = next(words for kind, words in ASKS if isinstance(field, kind))
        for code, limit in LIMITS.items():
            field.error_messages.setdefault(code, limit)
        if isinstance(field, forms.EmailField):
            field.error_messages.setdefault("invalid", _("Write a whole e-mail address, such as anna@example.org."))
        # Libraries repeat the label inside the empty field, where it looks like an answer.
        field.widget.attrs.pop("placeholder", None)

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
