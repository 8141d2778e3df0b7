"""Judging answers by the conditions that the coordinator declared."""

from collections.abc import Iterable, Mapping
from typing import Any

from lms.questionnaires.models import as_codes
from mentoring_ext.registrations.models import EligibilityRule


def unmet_rules(rules: Iterable[EligibilityRule], answers: Mapping[str, Any]) -> list[str]:
    """Return, in words, the conditions that these answers do not meet; a question without an answer breaks none."""
    given = [(rule, set(as_codes(answers.get(rule.question)))) for rule in rules]
    return [rule.text for rule, codes in given if codes and codes.isdisjoint(rule.answers)]
