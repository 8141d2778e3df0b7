"""How some questions are drawn."""

from django import forms


class ScaleSelect(forms.RadioSelect):
    """A row of radio buttons from worst to best; a column on a telephone."""

    template_name = "questionnaires/widgets/scale.html"


class TelephoneInput(forms.TextInput):
    """A line that opens the telephone's keys."""

    input_type = "tel"
