"""Fields that choose several things."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet

from lms.http import number_in

if TYPE_CHECKING:
    ManyField = forms.ModelMultipleChoiceField[Any]
else:
    ManyField = forms.ModelMultipleChoiceField

NOTHING = 0
"""A key that nothing has."""


class SeveralField(ManyField):
    """Several things by their keys; a key that no database can hold is no thing's, and not an error of the server."""

    def clean(self, value: Any) -> QuerySet[Any]:
        """Return the things. Raises ``ValidationError``."""
        if isinstance(value, list | tuple):
            value = [number_in(str(getattr(each, "pk", each))) or NOTHING for each in value]
        return super().clean(value)
