"""Questionnaires: versioned, ordered forms that an organisation composes and people answer."""
