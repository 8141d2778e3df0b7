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
from lms.privacy.actions.retention import days_kept, enforce_retention, retention_rules, rule_named, set_period

__all__ = [
    "Words",
    "claim_readings",
    "days_kept",
    "enforce_retention",
    "give_consent",
    "has_consent",
    "lapse_consents",
    "publish_consent",
    "purposes",
    "record_reading",
    "record_readings",
    "retention_rules",
    "rule_named",
    "set_period",
    "withdraw_consent",
]
