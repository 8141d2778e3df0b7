"""Holding weights to what keeps personal details out of scores (see ``personal``)."""

from collections.abc import Mapping
from itertools import chain

from django.utils.translation import gettext as _

from mentoring_ext.matching.defaults import defaults_of
from mentoring_ext.matching.errors import PersonalAlone, PersonalProportion, PersonalTooMuch
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.models import MatchRun, Proposal, RunMentor
from mentoring_ext.matching.personal import (
    PERSONAL,
    counts_personal,
    is_too_much,
    keeps_proportion,
    personal_in,
    stands_alone,
    tells,
)
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role

FEWEST = 5
"""From so many people on, a total tells nothing about one of them."""


def check_personal(weights: Mapping[str, int]) -> None:
    """Raise ``PersonalAlone`` or ``PersonalTooMuch`` for weights by which scores would tell personal details."""
    alone = stands_alone(weights)
    if alone:
        raise PersonalAlone(field=alone)
    if is_too_much(weights):
        raise PersonalTooMuch(field=max(PERSONAL, key=lambda name: weights.get(name, 0)))


def check_weights_in(cohort: Cohort, weights: Mapping[str, int]) -> None:
    """Raise as ``check_personal`` does, and ``PersonalProportion`` for others than in the cohort's earlier pairings."""
    check_personal(weights)
    before = _earlier(cohort)
    if before is not None:
        _check_proportion(weights, before)


def check_effect_in(cohort: Cohort, weights: Mapping[str, int], people: int) -> None:
    """Raise ``PersonalProportion`` before any pairing where a total of few people does not keep the programme's.

    ``people`` are those whose scores are in the total, without those whose mentor is settled.
    """
    if people < FEWEST and _earlier(cohort) is None:
        _check_proportion(weights, {**DEFAULT_WEIGHTS, **defaults_of(cohort.programme).weights})


def _earlier(cohort: Cohort) -> Mapping[str, int] | None:
    """Return the weights of the cohort's newest pairing in which personal factors count, as they may count now.

    Before its first one that of another cohort binds in which a mentee and a mentor of this one were compared.
    """
    runs = MatchRun.objects.exclude(state__in=(MatchRun.State.CANCELLED, MatchRun.State.FAILED))
    of_members = cohort.memberships.filter(state=CohortMembership.State.ACTIVE).order_by()
    mentees = Proposal.objects.filter(mentee__in=of_members.filter(role=Role.MENTEE).values("user")).order_by()
    mentors = RunMentor.objects.filter(mentor__in=of_members.filter(role=Role.MENTOR).values("user")).order_by()
    shared = runs.exclude(cohort=cohort).filter(pk__in=mentees.values("run")).filter(pk__in=mentors.values("run"))
    found = chain.from_iterable(some.values_list("weights", flat=True) for some in (runs.filter(cohort=cohort), shared))
    return next((weights for weights in found if counts_personal(weights) and not tells(weights)), None)


def _check_proportion(weights: Mapping[str, int], before: Mapping[str, int]) -> None:
    if not counts_personal(weights) or keeps_proportion(weights, before):
        return
    field = next(name for name in PERSONAL if weights.get(name, 0) != before.get(name, 0))
    culture, age, gender = personal_in(before)
    text = _(
        "In this cohort language and culture, age and gender stand to each other as %(culture)d to %(age)d to "
        "%(gender)d, or all three are 0. With other weights one could work out what somebody told in confidence."
    )
    raise PersonalProportion(text % {"culture": culture, "age": age, "gender": gender}, field=field)
