"""Openings, the registrations to them and what happened to each, and the partners who refer people."""

from mentoring_ext.registrations.models.initial import InitialEvaluation, InitialEvaluationQuerySet
from mentoring_ext.registrations.models.opening import EligibilityRule, Opening, OpeningQuerySet, Partner
from mentoring_ext.registrations.models.registration import Registration, RegistrationQuerySet, StateChange
from mentoring_ext.registrations.models.state import COUNTS, HOLDS_PLACE, OPEN_STATES, State

__all__ = [
    "COUNTS",
    "HOLDS_PLACE",
    "OPEN_STATES",
    "EligibilityRule",
    "InitialEvaluation",
    "InitialEvaluationQuerySet",
    "Opening",
    "OpeningQuerySet",
    "Partner",
    "Registration",
    "RegistrationQuerySet",
    "State",
    "StateChange",
]
