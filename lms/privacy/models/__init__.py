"""Consents and their texts, readings of confidential records, periods and erasures."""

from lms.privacy.models.consent import Consent, ConsentText, ConsentVersion
from lms.privacy.models.erasure import Erasure
from lms.privacy.models.reading import Reading
from lms.privacy.models.retention import RetentionPeriod

__all__ = ["Consent", "ConsentText", "ConsentVersion", "Erasure", "Reading", "RetentionPeriod"]
