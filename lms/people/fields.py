"""Choosing a department: by organisation, each below the one it belongs to. Made for forms of every room."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator

from lms.people.models import Department


class _ByOrganisation(ModelChoiceIterator[Department]):
    """Offers the departments in the order of the tree, under the name of their organisation."""

    def __iter__(self) -> Iterator[Any]:
        field: Any = self.field
        departments: Any = self.queryset
        if field.empty_label is not None:
            yield ("", field.empty_label)
        for organisation, own in groupby(departments.as_tree(), key=lambda one: one.organisation):
            yield (str(organisation), [(one.pk, one.trail) for one in own])


class DepartmentField(forms.ModelChoiceField[Department]):
    """A choice of one department; each is shown with the names of those above it."""

    iterator = _ByOrganisation

    def __init__(self, **options: Any) -> None:
        super().__init__(options.pop("queryset", Department.objects.none()), **options)
