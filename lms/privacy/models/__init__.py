"""Consents and their texts, readings of confidential records."""

from lms.privacy.models.consent import Consent, ConsentText, ConsentVersion
from lms.privacy.models.reading import Reading

__all__ = ["Consent", "ConsentText", "ConsentVersion", "Reading"]
