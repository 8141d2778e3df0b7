"""Changes by hand in a run that is not published, and taking the last one back."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.people.models import User
from mentoring_ext.matching.board import Board, Placing
from mentoring_ext.matching.errors import (
    AlreadyPublished,
    DecisionClosed,
    MentorFull,
    NothingToUndo,
    NotInRun,
    NotOpen,
    ReasonMissing,
    RuleBroken,
    RulesContradict,
    RunChanged,
    SamePlace,
)
from mentoring_ext.matching.models import Change, MatchRun, PairRule, Proposal
from mentoring_ext.matching.naming import closed_run
from mentoring_ext.matching.words import rules_as_text

REASON = 300


def open_run(run: MatchRun, *, seen: int | None = None, closed: bool = False) -> MatchRun:
    """Return the run locked for a change.

    ``seen`` is the revision that the person looked at; ``closed`` says that the run's own decision may be closed
    already. Raises ``AlreadyPublished``, ``NotOpen``, ``RunChanged`` and ``DecisionClosed``.
    """
    run = MatchRun.objects.select_for_update(of=("self",)).select_related("cohort__programme").get(pk=run.pk)
    if run.is_published:
        raise AlreadyPublished
    if not run.is_open:
        raise NotOpen
    if seen is not None and seen != run.revision:
        raise RunChanged
    decided = closed_run(run.cohort)
    if decided is not None and not (closed and decided == run):
        raise DecisionClosed
    return run


def touch(run: MatchRun) -> None:
    """Count a change, so that whoever looks at the former state hears of it."""
    run.revision += 1
    run.save(update_fields=["revision"])


@transaction.atomic
def move_mentee(
    run: MatchRun,
    mentee: User,
    mentor: User | None,
    *,
    actor: User,
    reason: str,
    at: datetime,
    swap_with: User | None = None,
    lock: bool = False,
    seen: int | None = None,
) -> Proposal:
    """Put a mentee to another mentor by hand, in exchange with ``swap_with`` where that mentor has no free place.

    Without ``mentor`` the mentee stays without one. Keeps what the change costs, and the reason, in an exchange with
    ``mentee`` only; ``lock`` keeps the new pair when the run is solved again. Raises as ``open_run`` does,
    ``ReasonMissing``, ``NotInRun``, ``SamePlace``, ``RuleBroken`` and ``MentorFull``.
    """
    run = open_run(run, seen=seen)
    if not reason.strip():
        raise ReasonMissing
    board = Board.of(run)
    _check_move(board, mentee, mentor, swap_with)
    moved, partner = board.proposals[mentee.pk], swap_with.pk if swap_with else None
    former, why = moved.mentor, reason.strip()[:REASON]
    cost = board.cost(mentee.pk, mentor.pk if mentor else None, partner)
    board.place(_placings(mentee.pk, mentor, former, partner, why), cost=cost)
    keep_change(run, Change.Kind.MOVED, moved, former=former, partner=swap_with, why=why, cost=cost, actor=actor, at=at)
    if lock and mentor is not None:
        lock_in(run, mentee, mentor, actor=actor, reason=why, at=at)
    touch(run)
    data = {"mentee": mentee.pk, "mentor": mentor.pk if mentor else None, "reason": why, "cost": cost}
    record("moved", run, actor=actor, context=run.cohort, data=data, at=at)
    return moved


def _placings(
    mentee: int, mentor: User | None, former: User | None, partner: int | None, why: str
) -> Iterator[Placing]:
    """Yield where a move puts the mentee and, in an exchange, the other one."""
    yield Placing(mentee, mentor, why, partner)
    if partner is not None:
        yield Placing(partner, former, exchanged_with=mentee)


def _check_move(board: Board, mentee: User, mentor: User | None, swap_with: User | None) -> None:
    if mentee.pk not in board.proposals or (mentor and mentor.pk not in board.mentors):
        raise NotInRun
    if board.proposals[mentee.pk].mentor_id == (mentor.pk if mentor else None):
        raise SamePlace
    if mentor is not None:
        here, places = board.mentees_of(mentor.pk), board.mentors[mentor.pk].places
        if swap_with.pk not in here if swap_with else len(here) >= places:
            raise MentorFull
    try:
        broken = board.against(mentee.pk, mentor.pk if mentor else None, swap_with.pk if swap_with else None)
    except ValueError as error:
        raise NotInRun from error
    if broken:
        names = {"mentee": mentee, "mentor": mentor, "why": rules_as_text(broken)}
        text = _("%(mentee)s and %(mentor)s cannot be paired: %(why)s.") if mentor else _("Not possible: %(why)s.")
        raise RuleBroken(text % names)


def lock_in(run: MatchRun, mentee: User, mentor: User, *, actor: User, reason: str, at: datetime) -> PairRule:
    """Keep a pair of the run together in every later run of the cohort, in place of an earlier lock of the mentee.

    Raises ``RulesContradict`` where the mentee made a pair offline, with whomever.
    """
    own = {"cohort": run.cohort, "mentee": mentee, "kind": PairRule.Kind.FIXED}
    if PairRule.objects.filter(**own, offline=True).exists():
        raise RulesContradict
    PairRule.objects.filter(**own).delete()
    return PairRule.objects.create(**own, mentor=mentor, reason=reason, made_by=actor, made_at=at)


def keep_change(
    run: MatchRun,
    kind: Change.Kind,
    proposal: Proposal,
    *,
    former: User | None,
    partner: User | None,
    why: str,
    cost: int,
    actor: User,
    at: datetime,
) -> Change:
    """Keep a change by hand in the run's history."""
    return Change.objects.create(
        run=run,
        kind=kind,
        mentee=proposal.mentee,
        mentor=proposal.mentor,
        former=former,
        partner=partner,
        reason=why,
        cost=cost,
        made_by=actor,
        made_at=at,
    )


@transaction.atomic
def undo_change(run: MatchRun, *, actor: User, at: datetime, seen: int | None = None) -> Change:
    """Take back the last change by hand that is not taken back yet.

    Raises as ``open_run`` does, ``NothingToUndo``, and ``NotInRun`` when somebody concerned is not there any more.
    """
    run = open_run(run, seen=seen)
    change = run.changes.filter(undone_at=None).select_related("mentee", "mentor", "former", "partner").first()
    if change is None:
        raise NothingToUndo
    if change.kind == Change.Kind.MOVED:
        _undo_move(run, change)
    else:
        _undo_rule(run, change, actor=actor, at=at)
    change.undone_by, change.undone_at = actor, at
    change.save(update_fields=["undone_by", "undone_at"])
    touch(run)
    record("withdrew", change, actor=actor, context=run.cohort, data={"run": run.pk, "kind": change.kind}, at=at)
    return change


def _undo_move(run: MatchRun, change: Change) -> None:
    board = Board.of(run)
    people = [person for person in (change.mentee, change.partner) if person]
    if any(person.pk not in board.proposals for person in people):
        raise NotInRun
    partner = change.partner.pk if change.partner else None
    board.place(_placings(change.mentee_id, change.former, change.mentor, partner, ""))
    earlier = _by_hand_before(run, change)
    for person in people:
        why, cost, other = earlier.get(person.pk, ("", 0, None))
        own = Proposal.objects.filter(run=run, mentee=person)
        own.update(moved_because=why, moved_cost=cost, exchanged_with=other)
    locked = PairRule.objects.filter(cohort=run.cohort, mentee=change.mentee, kind=PairRule.Kind.FIXED, offline=False)
    locked.filter(mentor=change.mentor, made_at=change.made_at).delete()


def _by_hand_before(run: MatchRun, change: Change) -> dict[int, tuple[str, int, int | None]]:
    """Return the reason, the cost and the other one of each mentee's last move but this one, by keys."""
    found: dict[int, tuple[str, int, int | None]] = {}
    for row in run.changes.filter(undone_at=None, kind=Change.Kind.MOVED).exclude(pk=change.pk)[::-1]:
        found[row.mentee_id] = (row.reason, row.cost, row.partner_id)
        if row.partner_id is not None:
            found[row.partner_id] = ("", row.cost, row.mentee_id)
    return found


def _undo_rule(run: MatchRun, change: Change, *, actor: User, at: datetime) -> None:
    kinds = {
        Change.Kind.LOCKED: PairRule.Kind.FIXED,
        Change.Kind.UNLOCKED: PairRule.Kind.FIXED,
        Change.Kind.FORBIDDEN: PairRule.Kind.FORBIDDEN,
    }
    own = {"cohort": run.cohort, "mentee": change.mentee, "kind": kinds[Change.Kind(change.kind)]}
    if change.kind == Change.Kind.UNLOCKED and change.mentor:
        PairRule.objects.filter(**own).delete()
        PairRule.objects.create(**own, mentor=change.mentor, reason=change.reason, made_by=actor, made_at=at)
    else:
        PairRule.objects.filter(**own, mentor=change.mentor).delete()
