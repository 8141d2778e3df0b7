"""What is settled about two people: locks, excluded pairs, conflicts of interest, and pairs made offline."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lms.journal.actions import record
from lms.people.models import User
from mentoring_ext.groups.models import GroupMember
from mentoring_ext.matching import errors
from mentoring_ext.matching.actions.moving import REASON, keep_change, lock_in, open_run, touch
from mentoring_ext.matching.models import Change, MatchRun, PairRule, Proposal
from mentoring_ext.matching.models.rule import CONFLICTS
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role

AGAINST = (PairRule.Kind.FORBIDDEN, PairRule.Kind.VETOED, *CONFLICTS)


@transaction.atomic
def lock_pair(
    run: MatchRun, proposal: Proposal, *, actor: User, reason: str, at: datetime, seen: int | None = None
) -> PairRule:
    """Keep a pair of the run together when it is solved again.

    Raises as ``open_run`` does, ``ReasonMissing``, ``NotTogether`` and ``RuleKnown``.
    """
    run, proposal, why = _opened(run, proposal, reason, seen)
    if proposal.mentor is None:
        raise errors.NotTogether
    if PairRule.objects.filter(
        cohort=run.cohort, mentee=proposal.mentee, mentor=proposal.mentor, kind=PairRule.Kind.FIXED
    ).exists():
        raise errors.RuleKnown
    rule = lock_in(run, proposal.mentee, proposal.mentor, actor=actor, reason=why, at=at)
    _changed(run, Change.Kind.LOCKED, proposal, rule, why, actor, at)
    return rule


@transaction.atomic
def unlock_pair(run: MatchRun, proposal: Proposal, *, actor: User, at: datetime, seen: int | None = None) -> Proposal:
    """Take the lock off a pair. Raises as ``open_run`` does, and ``NotTogether`` when there is none."""
    run = open_run(run, seen=seen)
    rule = PairRule.objects.filter(
        cohort=run.cohort,
        mentee=proposal.mentee_id,
        mentor=proposal.mentor_id,
        kind=PairRule.Kind.FIXED,
        offline=False,
    ).first()
    if rule is None:
        raise errors.NotTogether
    _changed(run, Change.Kind.UNLOCKED, proposal, rule, rule.reason[:REASON], actor, at)
    rule.delete()
    return proposal


@transaction.atomic
def forbid_pair(
    run: MatchRun, proposal: Proposal, *, actor: User, reason: str, at: datetime, seen: int | None = None
) -> PairRule:
    """Exclude a pair of the run from every later run of the cohort; the run itself stays until it is solved again.

    Raises as ``open_run`` does, ``ReasonMissing``, ``NotTogether``, ``RuleKnown`` and ``RulesContradict``.
    """
    run, proposal, why = _opened(run, proposal, reason, seen)
    if proposal.mentor is None:
        raise errors.NotTogether
    rule = _new_rule(
        cohort=run.cohort,
        mentee=proposal.mentee,
        mentor=proposal.mentor,
        kind=PairRule.Kind.FORBIDDEN,
        reason=why,
        actor=actor,
        at=at,
    )
    _changed(run, Change.Kind.FORBIDDEN, proposal, rule, why, actor, at)
    return rule


@transaction.atomic
def note_conflict(
    cohort: Cohort, *, mentee: User, mentor: User, kind: str, actor: User, reason: str, at: datetime
) -> PairRule:
    """Note a conflict of interest, or exclude a pair: the two are never paired from now on.

    A conflict of interest holds in every cohort. Raises ``ReasonMissing``, ``NotMembers``, ``RuleKnown`` and
    ``RulesContradict``.
    """
    if not reason.strip():
        raise errors.ReasonMissing
    _check_members(cohort, mentor, [mentee])
    rule = _new_rule(cohort=cohort, mentee=mentee, mentor=mentor, kind=kind, reason=reason.strip(), actor=actor, at=at)
    record("created", rule, actor=actor, context=cohort, data={"kind": kind}, at=at)
    return rule


@transaction.atomic
def enter_offline(
    cohort: Cohort, *, mentor: User, mentees: Sequence[User], actor: User, reason: str, at: datetime
) -> list[PairRule]:
    """Enter a pair or a group that was made outside the site: every run keeps it, whatever the sheets say.

    Raises ``ReasonMissing``, ``NotMembers``, ``InGroupAlready``, ``TooMany``, ``AgainstAWish`` and ``RulesContradict``.
    """
    if not reason.strip():
        raise errors.ReasonMissing
    _check_members(cohort, mentor, mentees)
    running = cohort.groups.active().order_by()
    if GroupMember.objects.present().filter(group__in=running, user__in=mentees).exists():
        raise errors.InGroupAlready
    fixed = PairRule.objects.filter(cohort=cohort, kind=PairRule.Kind.FIXED)
    there = fixed.filter(mentor=mentor, offline=True).exclude(mentee__in=mentees).count()
    if there + len(mentees) > cohort.programme.group_size:
        raise errors.TooMany
    fixed.filter(mentee__in=mentees).delete()
    rules = [
        _new_rule(
            cohort=cohort,
            mentee=mentee,
            mentor=mentor,
            kind=PairRule.Kind.FIXED,
            offline=True,
            reason=reason.strip(),
            actor=actor,
            at=at,
        )
        for mentee in mentees
    ]
    for rule in rules:
        record("created", rule, actor=actor, context=cohort, data={"kind": rule.kind, "offline": True}, at=at)
    return rules


@transaction.atomic
def lift_rule(rule: PairRule, *, actor: User, at: datetime) -> None:
    """Take a rule about two people back. Raises ``MenteesOwn`` for whom a mentee excluded: see ``withdraw_veto``."""
    if rule.kind == PairRule.Kind.VETOED:
        raise errors.MenteesOwn
    record("deleted", rule, actor=actor, context=rule.cohort, data={"kind": rule.kind}, at=at)
    rule.delete()


def _opened(run: MatchRun, proposal: Proposal, reason: str, seen: int | None) -> tuple[MatchRun, Proposal, str]:
    run = open_run(run, seen=seen)
    if not reason.strip():
        raise errors.ReasonMissing
    return run, run.proposals.select_related("mentee", "mentor").get(pk=proposal.pk), reason.strip()[:REASON]


def _changed(
    run: MatchRun, kind: Change.Kind, proposal: Proposal, rule: PairRule, why: str, actor: User, at: datetime
) -> None:
    keep_change(run, kind, proposal, former=None, partner=None, why=why, cost=0, actor=actor, at=at)
    touch(run)
    data = {"kind": kind.value, "mentee": proposal.mentee_id, "mentor": rule.mentor_id, "reason": why}
    record("changed", run, actor=actor, context=run.cohort, data=data, at=at)


def _new_rule(
    *,
    cohort: Cohort,
    mentee: User,
    mentor: User,
    kind: str,
    reason: str,
    actor: User,
    at: datetime,
    offline: bool = False,
) -> PairRule:
    """Keep a rule. Raises ``RuleKnown``, and ``AgainstAWish`` or ``RulesContradict`` for the opposite of another."""
    about = PairRule.objects.holding_in(cohort).filter(mentee=mentee, mentor=mentor)
    if about.filter(kind=kind, cohort=cohort).exists():
        raise errors.RuleKnown
    if kind == PairRule.Kind.FIXED and about.filter(kind=PairRule.Kind.VETOED).exists():
        raise errors.AgainstAWish
    opposite = AGAINST if kind == PairRule.Kind.FIXED else (PairRule.Kind.FIXED,)
    if about.filter(kind__in=opposite).exists():
        raise errors.RulesContradict
    return PairRule.objects.create(
        cohort=cohort,
        mentee=mentee,
        mentor=mentor,
        kind=kind,
        offline=offline,
        reason=reason,
        made_by=actor,
        made_at=at,
    )


def _check_members(cohort: Cohort, mentor: User, mentees: Sequence[User]) -> None:
    members = set(
        cohort.memberships.filter(state=CohortMembership.State.ACTIVE, user__in=[mentor, *mentees]).values_list(
            "user_id", "role"
        )
    )
    wanted = {(mentor.pk, Role.MENTOR.value), *((mentee.pk, Role.MENTEE.value) for mentee in mentees)}
    if not mentees or not wanted <= members:
        raise errors.NotMembers
