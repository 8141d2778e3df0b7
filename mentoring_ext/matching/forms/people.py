"""Fields that choose people of a cohort, who travel by the numbers of the lot while names are hidden."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet

from lms.choosing import NOTHING, SeveralField
from lms.people.models import User
from mentoring_ext.matching.naming import key_of

if TYPE_CHECKING:
    OneField = forms.ModelChoiceField[User]
else:
    OneField = forms.ModelChoiceField


class PersonField(OneField):
    """One person by the handle; while names are hidden the key of an account is nobody's."""

    def to_python(self, value: Any) -> User | None:
        """Return the person. Raises ``ValidationError``."""
        return super().to_python(key_of(str(value)) or NOTHING if value else None)


class PeopleField(SeveralField):
    """Several people by their handles."""

    def clean(self, value: Any) -> QuerySet[Any]:
        """Return the people. Raises ``ValidationError``."""
        return super().clean([key_of(str(each)) or NOTHING for each in value or []])
