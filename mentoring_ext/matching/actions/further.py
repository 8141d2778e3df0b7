"""Factors beside the eleven."""

from datetime import datetime

from django.db import transaction

from lms.journal.actions import record
from lms.people.models import User
from mentoring_ext.matching import errors
from mentoring_ext.matching.factors import FACTORS
from mentoring_ext.matching.models import FurtherFactor
from mentoring_ext.matching.wishes import WISHES
from mentoring_ext.matching.words import FACTOR_WORDS
from mentoring_ext.programmes.models import Cohort


@transaction.atomic
def add_factor(
    cohort: Cohort,
    *,
    actor: User,
    label: str,
    mentee_question: str,
    mentor_question: str,
    rule: str,
    far: float | None = None,
    at: datetime,
) -> FurtherFactor:
    """Let the answers to a question on each sheet count; runs from now on ask for its weight.

    Raises ``FactorKnown`` when a factor has this name.
    """
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    label = " ".join(label.split())
    taken = {*FACTORS, WISHES, *(str(name).casefold() for name, _about in FACTOR_WORDS.values())}
    taken |= {factor.label.casefold() for factor in cohort.further_factors.all()}
    if label.casefold() in taken:
        raise errors.FactorKnown
    questions = {"mentee_question": mentee_question, "mentor_question": mentor_question}
    factor = FurtherFactor.objects.create(cohort=cohort, label=label, rule=rule, far=far or 1, **questions)
    record("created", factor, actor=actor, context=cohort, at=at, data={"label": label, "rule": rule})
    return factor


@transaction.atomic
def remove_factor(factor: FurtherFactor, *, actor: User, at: datetime) -> None:
    """Let a further factor count no more; runs that were made with it keep what they compared."""
    record("deleted", factor, actor=actor, context=factor.cohort, at=at, data={"label": factor.label})
    factor.delete()
