"""Attempts to learn who is a mentor elsewhere."""

import pytest
from django.forms import ModelChoiceField

from mentoring_ext.workshops.forms import HelpForm
from tests import make

pytestmark = pytest.mark.django_db


def test_form_for_help_names_only_mentors_who_agreed_or_are_known():
    cohort = make.make_cohort()
    asker, colleague = make.make_coordinator(cohort), make.make_member(cohort, "mentor")
    make.make_mentor_profile(user=colleague)
    shown = make.make_public_profile().mentor.user
    hidden = make.make_mentor_profile().user

    field = HelpForm(user=asker).fields["consultant"]

    assert isinstance(field, ModelChoiceField)
    offered = set(field.queryset)
    assert {colleague, shown} <= offered
    assert hidden not in offered
