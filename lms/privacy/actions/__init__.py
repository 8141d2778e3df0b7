"""Consents, and the record of who read what."""

from lms.privacy.actions.consents import (
    Words,
    give_consent,
    has_consent,
    lapse_consents,
    publish_consent,
    purposes,
    withdraw_consent,
)
from lms.privacy.actions.readings import claim_readings, record_reading, record_readings

__all__ = [
    "Words",
    "claim_readings",
    "give_consent",
    "has_consent",
    "lapse_consents",
    "publish_consent",
    "purposes",
    "record_reading",
    "record_readings",
    "withdraw_consent",
]
