"""Changes by hand in a run that is not published, and taking the last one back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.people.models import User
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
from mentoring_ext.matching.kept import Options, Settled
from mentoring_ext.matching.models import Change, MatchRun, PairRule, Proposal, RunMentor
from mentoring_ext.matching.naming import closed_run
from mentoring_ext.matching.people import settled_in
from mentoring_ext.matching.rules import CONFLICT, FORBIDDEN, VETOED
from mentoring_ext.matching.solving import Tables, tables_of
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


@dataclass
class Board:
    """A run's proposals and mentors while something moves in it."""

    run: MatchRun
    proposals: dict[int, Proposal]
    mentors: dict[int, RunMentor]
    tables: Tables
    settled: Settled
    """What is settled about pairs now, which the run may not know of."""

    @classmethod
    def of(cls, run: MatchRun) -> "Board":
        """Read the board in four queries."""
        proposals = run.proposals.select_related("mentor", "mentee")
        mentors = run.mentors.select_related("mentor").exclude(mentor=None)
        return cls(
            run,
            {proposal.mentee_id: proposal for proposal in proposals},
            {row.mentor_id: row for row in mentors if row.mentor_id},
            tables_of(bytes(run.input)),
            settled_in(run.cohort),
        )

    def mentees_of(self, mentor: int) -> list[int]:
        """Return the keys of the mentees who stand with a mentor."""
        return [key for key, proposal in self.proposals.items() if proposal.mentor_id == mentor]

    def score(self, mentee: int, mentor: int | None) -> int:
        """Return the score of a pair, 0 without a mentor."""
        return self.tables.score(mentee, mentor) if mentor else 0

    def cost(self, mentee: int, mentor: int | None, partner: int | None = None) -> int:
        """Return what a move does to the total, in millionths: with ``partner`` the two change places."""
        moved = self.proposals[mentee]
        change = self.score(mentee, mentor) - moved.score
        if partner is not None:
            change += self.score(partner, moved.mentor_id) - self.proposals[partner].score
        return change

    def rules_against(self, mentee: int, mentor: int) -> list[str]:
        """Name the rules that forbid a pair, by what the run knows and by what was settled since.

        Raises ``ValueError`` when nothing is kept of one of them.
        """
        pair, now = (mentee, mentor), self.settled
        since = ((CONFLICT, now.conflicts), (FORBIDDEN, now.forbidden), (VETOED, now.vetoed))
        found = [*self.tables.rules_against(mentee, mentor), *(rule for rule, pairs in since if pair in pairs)]
        return list(dict.fromkeys(found))

    def against(self, mentee: int, mentor: int | None, partner: int | None = None) -> list[str]:
        """Name the rules that forbid a move: for each of the two, and for the groups that come of it."""
        if any(self.is_locked(key) for key in (mentee, partner) if key):
            return ["locked"]
        if mentor is None:
            return []
        broken = self.rules_against(mentee, mentor)
        former = self.proposals[mentee].mentor_id
        if partner is not None and former:
            broken = [*broken, *self.rules_against(partner, former)]
        if not broken and not all(
            self._can_meet(group, mentee, mentor, partner) for group in (mentor, former) if group
        ):
            broken = ["together"]
        return list(dict.fromkeys(broken))

    def is_locked(self, mentee: int) -> bool:
        """Whether a mentee is locked to the mentor of now."""
        return self.settled.fixed.get(mentee, 0) == self.proposals[mentee].mentor_id

    def _can_meet(self, group: int, mentee: int, mentor: int, partner: int | None) -> bool:
        """Whether a group has an hour in common after the move, where the run asks for one."""
        if not Options.of(self.run.options).common_slot or self.tables.starts is None:
            return True
        people = self.after(group, mentee, mentor, partner)
        return not people or bool(self.tables.common_starts(group, people))

    def after(self, group: int, mentee: int, mentor: int | None, partner: int | None = None) -> list[int]:
        """Return the mentees who stand with ``group`` after a move."""
        stay = [key for key in self.mentees_of(group) if key not in (mentee, partner)]
        former = self.proposals[mentee].mentor_id
        return stay + [key for key, goes in ((mentee, mentor), (partner, former)) if key and goes == group]

    def place(self, moves: Iterable[tuple[int, User | None]], *, reason: str, cost: int) -> None:
        """Put mentees to their new mentors and find the hours of the groups concerned anew."""
        touched = set()
        for key, mentor in moves:
            proposal = self.proposals[key]
            touched |= {proposal.mentor_id, mentor.pk if mentor else None}
            proposal.mentor, proposal.score = mentor, self.score(key, mentor.pk if mentor else None)
            proposal.moved_because, proposal.moved_cost = reason, cost
            proposal.save(update_fields=["mentor", "score", "moved_because", "moved_cost"])
        for row in (self.mentors[key] for key in touched if key in self.mentors):
            self._find_hour(row)

    def _find_hour(self, row: RunMentor) -> None:
        people = self.mentees_of(row.mentor_id or 0)
        starts = self.tables.common_starts(row.mentor_id or 0, people) if people else []
        if row.slot not in starts:
            row.slot = next(iter(starts), None)
            row.save(update_fields=["slot"])


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

    Without ``mentor`` the mentee stays without one. Keeps the reason and what the change costs; ``lock`` keeps the new
    pair when the run is solved again. Raises as ``open_run`` does, ``ReasonMissing``, ``NotInRun``, ``SamePlace``,
    ``RuleBroken`` and ``MentorFull``.
    """
    run = open_run(run, seen=seen)
    if not reason.strip():
        raise ReasonMissing
    board = Board.of(run)
    _check_move(board, mentee, mentor, swap_with)
    moved, partner = board.proposals[mentee.pk], swap_with.pk if swap_with else None
    former, why = moved.mentor, reason.strip()[:REASON]
    cost = board.cost(mentee.pk, mentor.pk if mentor else None, partner)
    moves: list[tuple[int, User | None]] = [(mentee.pk, mentor), *([(partner, former)] if partner else [])]
    board.place(moves, reason=why, cost=cost)
    keep_change(run, Change.Kind.MOVED, moved, former=former, partner=swap_with, why=why, cost=cost, actor=actor, at=at)
    if lock and mentor is not None:
        lock_in(run, mentee, mentor, actor=actor, reason=why, at=at)
    touch(run)
    data = {"mentee": mentee.pk, "mentor": mentor.pk if mentor else None, "reason": why, "cost": cost}
    record("moved", run, actor=actor, context=run.cohort, data=data, at=at)
    return moved


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
    earlier = {
        row.mentee_id: row for row in run.changes.filter(undone_at=None, kind="moved").exclude(pk=change.pk)[::-1]
    }
    moves = [(change.mentee_id, change.former)]
    if change.partner:
        moves.append((change.partner.pk, change.mentor))
    board.place(moves, reason="", cost=0)
    for key, _mentor in moves:
        before = earlier.get(key)
        if before:
            Proposal.objects.filter(run=run, mentee=key).update(moved_because=before.reason, moved_cost=before.cost)
    locked = PairRule.objects.filter(cohort=run.cohort, mentee=change.mentee, kind=PairRule.Kind.FIXED, offline=False)
    locked.filter(mentor=change.mentor, made_at=change.made_at).delete()


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
