"""What forms can be composed for, as the rooms declare it."""

from lms.plugins import QUESTIONNAIRE_USES, QuestionnaireUse, TypedField


def use_named(name: str) -> QuestionnaireUse | None:
    """Return the use of this name; None for a form that is not composed, or whose plugin is gone."""
    return next((use for use in QUESTIONNAIRE_USES.collect() if use.name == name), None) if name else None


def typed_fields_of(name: str) -> dict[str, TypedField]:
    """Return the typed fields of the use of this name, by column."""
    use = use_named(name)
    return {field.name: field for field in use.fields} if use else {}
