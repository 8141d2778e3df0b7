"""What a coordinator does: run the pairing, move somebody by hand, publish."""

import platform
from collections.abc import Mapping
from datetime import datetime

import numpy as np
import scipy
from django.db import transaction
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.people.models import User
from mentoring_ext.groups.actions import open_group
from mentoring_ext.matching import rules
from mentoring_ext.matching.errors import (
    AlreadyPublished,
    MentorFull,
    NobodyToMatch,
    NothingToPublish,
    PeopleChanged,
    ReasonMissing,
    RuleBroken,
    SamePlace,
    WeightsWrong,
)
from mentoring_ext.matching.factors import ONE, Scored, score_with_parts
from mentoring_ext.matching.facts import Sides
from mentoring_ext.matching.models import MatchRun, Proposal
from mentoring_ext.matching.people import pool_of
from mentoring_ext.matching.protocol import certificate_as_json, digest_of, option_as_json
from mentoring_ext.matching.rules import Possible
from mentoring_ext.matching.solver import LEFT_OVER, Assignment, assign, verify
from mentoring_ext.matching.words import RULE_WORDS
from mentoring_ext.programmes.models import Cohort

MINUTES = 60


@transaction.atomic
def run_matching(cohort: Cohort, *, actor: User, weights: Mapping[str, int], at: datetime) -> MatchRun:
    """Pair everybody who is ready: as many mentees as can be placed, then the best total, proven and kept.

    ``weights`` maps factors to whole numbers 0–5. Raises ``NobodyToMatch`` and ``WeightsWrong``.
    """
    sides = pool_of(cohort).sides
    if not sides.mentees or not sides.mentors:
        raise NobodyToMatch
    try:
        scored = score_with_parts(sides, weights)
    except ValueError as error:
        raise WeightsWrong from error
    possible = rules.check(sides, hours=-(-cohort.programme.session_minutes // MINUTES))
    task = scored.scores / ONE, possible.allowed, sides.capacity
    answer = assign(*task)
    verify(*task, answer)
    run = _keep_run(cohort, sides, weights, answer, actor=actor, at=at)
    Proposal.objects.bulk_create(_proposals(run, sides, scored, possible, answer))
    record("matched", run, actor=actor, context=cohort, at=at, data={"left_over": len(answer.left_over)})
    return run


def _keep_run(
    cohort: Cohort, sides: Sides, weights: Mapping[str, int], answer: Assignment, *, actor: User, at: datetime
) -> MatchRun:
    return MatchRun.objects.create(
        cohort=cohort,
        made_by=actor,
        made_at=at,
        weights=dict(weights),
        mentors=[mentor.key for mentor in sides.mentors],
        places={str(mentor.key): mentor.capacity for mentor in sides.mentors},
        digest=digest_of(sides, weights),
        versions={"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__},
        total=round(answer.total * ONE),
        bound=round(answer.bound * ONE),
        certificate=certificate_as_json(answer, [mentee.key for mentee in sides.mentees]),
    )


def _proposals(run: MatchRun, sides: Sides, scored: Scored, possible: Possible, answer: Assignment) -> list[Proposal]:
    found = []
    for row, mentee in enumerate(sides.mentees):
        column = int(answer.mentor_of[row])
        placed = column != LEFT_OVER
        found.append(
            Proposal(
                run=run,
                mentee_id=mentee.key,
                mentor_id=sides.mentors[column].key if placed else None,
                score=int(scored.scores[row, column]) if placed else 0,
                options={
                    str(mentor.key): option_as_json(scored, possible, row, other)
                    for other, mentor in enumerate(sides.mentors)
                },
            )
        )
    return found


@transaction.atomic
def move_mentee(
    run: MatchRun, mentee: User, mentor: User, *, actor: User, reason: str, swap_with: User | None = None
) -> Proposal:
    """Put a mentee to another mentor by hand, in exchange with ``swap_with`` where that mentor has no free place.

    Keeps the reason and what the change costs. Raises ``AlreadyPublished``, ``ReasonMissing``, ``SamePlace``,
    ``RuleBroken`` and ``MentorFull``.
    """
    run = MatchRun.objects.select_for_update().get(pk=run.pk)
    if run.state == MatchRun.State.PUBLISHED:
        raise AlreadyPublished
    if not reason.strip():
        raise ReasonMissing
    proposals = {proposal.mentee_id: proposal for proposal in run.proposals.select_related("mentor", "mentee")}
    moved = proposals[mentee.pk]
    if moved.mentor_id == mentor.pk:
        raise SamePlace
    other = proposals.get(swap_with.pk) if swap_with else None
    if other is not None and other.mentor_id != mentor.pk:
        raise MentorFull
    here = [proposal for proposal in proposals.values() if proposal.mentor_id == mentor.pk]
    if other is None and len(here) >= run.places[str(mentor.pk)]:
        raise MentorFull
    former = moved.mentor
    changes = [(moved, mentor)] if other is None else [(moved, mentor), (other, former)]
    cost = sum(_score_with(proposal, target) - proposal.score for proposal, target in changes)
    for proposal, target in changes:
        proposal.mentor, proposal.score = target, _score_with(proposal, target)
        proposal.moved_because, proposal.moved_cost = reason.strip(), cost
        proposal.save()
    data = {"mentee": mentee.pk, "mentor": mentor.pk, "reason": reason.strip(), "cost": cost}
    record("moved", run, actor=actor, context=run.cohort, data=data)
    return moved


def _score_with(proposal: Proposal, mentor: User | None) -> int:
    """Return the score of a mentee with a mentor, 0 without one; raise ``RuleBroken`` when a rule forbids the pair."""
    if mentor is None:
        return 0
    option = proposal.options[str(mentor.pk)]
    if option["rules"]:
        why = ", ".join(str(RULE_WORDS[rule]) for rule in option["rules"])
        names = {"mentee": proposal.mentee, "mentor": mentor, "why": why}
        raise RuleBroken(_("%(mentee)s and %(mentor)s cannot be paired: %(why)s.") % names)
    return int(option["score"])


@transaction.atomic
def publish_run(run: MatchRun, *, actor: User, at: datetime) -> MatchRun:
    """Open a group for each mentor with mentees; both sides are told. Before this nobody hears of the run.

    Raises ``AlreadyPublished``, ``NothingToPublish``, ``PeopleChanged`` and what ``groups.actions.open_group`` raises.
    """
    run = MatchRun.objects.select_for_update().get(pk=run.pk)
    if run.state == MatchRun.State.PUBLISHED:
        raise AlreadyPublished
    placed = list(run.proposals.exclude(mentor=None).select_related("mentor", "mentee"))
    if not placed:
        raise NothingToPublish
    waiting = {facts.key for facts in pool_of(run.cohort).sides.mentees}
    if not {proposal.mentee_id for proposal in placed} <= waiting:
        raise PeopleChanged
    groups: dict[User, list[User]] = {}
    for proposal in placed:
        if proposal.mentor is not None:
            groups.setdefault(proposal.mentor, []).append(proposal.mentee)
    run.state, run.published_at = MatchRun.State.PUBLISHED, at
    run.save(update_fields=["state", "published_at"])
    for mentor, mentees in groups.items():
        open_group(run.cohort, mentor=mentor, mentees=mentees, actor=actor, at=at)
    record("published", run, actor=actor, context=run.cohort, at=at, data={"groups": len(groups)})
    return run
