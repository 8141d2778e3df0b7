"""Every table with a key to a person has somebody who exports and erases it."""

from django.apps import apps
from django.contrib.auth import get_user_model

from lms.plugins import PRIVACY_HANDLERS


def models_with_a_person() -> set[str]:
    """Return every table, of libraries too, with a column or a list of people; sub-pages have their page's."""
    user = get_user_model()
    return {
        model._meta.label_lower
        for model in apps.get_models(include_auto_created=True)
        if any(field.related_model is user for field in (*model._meta.local_fields, *model._meta.local_many_to_many))
    }


def test_every_model_with_a_key_to_a_person_has_a_privacy_handler():
    handled = {label.lower() for handler in PRIVACY_HANDLERS.collect() for label in handler.models}

    assert sorted(models_with_a_person() - handled) == []


def test_privacy_handlers_name_models_that_exist():
    known = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}
    named = {label.lower() for handler in PRIVACY_HANDLERS.collect() for label in handler.models}

    assert sorted(named - known) == []
