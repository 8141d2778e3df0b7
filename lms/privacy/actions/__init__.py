"""Consents, and the record of who read what."""

from lms.privacy.actions.consents import (
    Words,
    give_consent,
    give_consents,
    has_consent,
    lapse_consents,
    publish_consent,
    purposes,
    withdraw_consent,
)
from lms.privacy.actions.erasing import (
    ask_erasure,
    check_erasable,
    duties_of,
    erase_at_once,
    erase_due,
    erase_person,
    stop_erasure,
)
from lms.privacy.actions.exporting import KIND as OWN_DATA
from lms.privacy.actions.exporting import ask_own_data, delete_own_data, make_own_data
from lms.privacy.actions.readings import claim_readings, record_reading, record_readings
from lms.privacy.actions.retention import days_kept, enforce_retention, retention_rules, rule_named, set_period

__all__ = [
    "OWN_DATA",
    "Words",
    "ask_erasure",
    "ask_own_data",
    "check_erasable",
    "claim_readings",
    "days_kept",
    "delete_own_data",
    "duties_of",
    "enforce_retention",
    "erase_at_once",
    "erase_due",
    "erase_person",
    "give_consent",
    "give_consents",
    "has_consent",
    "lapse_consents",
    "make_own_data",
    "publish_consent",
    "purposes",
    "record_reading",
    "record_readings",
    "retention_rules",
    "rule_named",
    "set_period",
    "stop_erasure",
    "withdraw_consent",
]
