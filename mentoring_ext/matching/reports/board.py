"""A run's groups with the weakest match first, and where a mentee could go."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from lms.people.models import User
from mentoring_ext.matching.board import Board
from mentoring_ext.matching.kept import Options
from mentoring_ext.matching.models import MatchRun, PairRule, Proposal, RunMentor
from mentoring_ext.matching.naming import by_number, place_of
from mentoring_ext.matching.reports.figures import of_hundred, signed
from mentoring_ext.matching.words import rules_as_text, slot_in_words


@dataclass(frozen=True)
class Group:
    """A mentor with the mentees of a run, the weakest match first; ``hour`` is when all are free, in words."""

    mentor: User
    proposals: list[Proposal]
    free: int
    hour: str
    locked: dict[int, PairRule] = field(default_factory=dict)

    @property
    def weakest(self) -> float:
        """The lowest score of the group, of 100."""
        return of_hundred(min((proposal.score for proposal in self.proposals), default=0))

    @property
    def rows(self) -> list[tuple[Proposal, PairRule | None]]:
        """Each proposal with its lock."""
        return [(proposal, self.locked.get(proposal.mentee_id)) for proposal in self.proposals]


def proposals_of(run: MatchRun) -> list[Proposal]:
    """Return the run's proposals with their mentees, the weakest match first."""
    found = run.proposals.select_related("mentee").order_by("score", "pk")
    return sorted(by_number(found, lambda proposal: proposal.mentee_id), key=lambda proposal: proposal.score)


def groups_of(run: MatchRun, proposals: Sequence[Proposal]) -> list[Group]:
    """Return the groups, the one with the weakest match first, mentors without mentees last; two queries."""
    hours = Options.of(run.options).hours
    locks = PairRule.objects.filter(cohort=run.cohort_id, kind=PairRule.Kind.FIXED)
    locked = {(rule.mentee_id, rule.mentor_id): rule for rule in locks}
    by_mentor: dict[int | None, list[Proposal]] = {}
    for proposal in proposals:
        by_mentor.setdefault(proposal.mentor_id, []).append(proposal)
    found = []
    for row in run.mentors.select_related("mentor").exclude(mentor=None):
        if row.mentor is None:
            continue
        own = by_mentor.get(row.mentor_id, [])
        fixed = {p.mentee_id: lock for p in own if (lock := locked.get((p.mentee_id, row.mentor.pk)))}
        hour = slot_in_words(row.slot, hours) if own else ""
        found.append(Group(row.mentor, own, row.places - len(own), hour, fixed))
    return sorted(found, key=lambda group: (not group.proposals, group.weakest, place_of(group.mentor.pk)))


@dataclass(frozen=True)
class Place:
    """Where a mentee could go: with a mentor, in exchange with ``partner`` or to a free place; ``cost`` in points.

    ``why_not`` names the rules that forbid it.
    """

    mentor: User | None
    partner: User | None
    score: float
    cost: float
    why_not: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The value of the choice in a form."""
        if self.mentor is None:
            return "none"
        return f"{self.mentor.pk}-{self.partner.pk}" if self.partner else str(self.mentor.pk)

    @property
    def button(self) -> str:
        """The place as a button on the mentor's card says it."""
        if self.why_not:
            return _("Not possible: %(why)s") % {"why": self.why_not}
        names = {"mentee": self.partner, "cost": signed(self.cost)}
        if self.partner:
            text = _("Put here, in exchange with %(mentee)s (%(cost)s)")
        else:
            text = _("Put here (%(cost)s)") if self.mentor else _("Leave without a mentor (%(cost)s)")
        return ". ".join([text % names, *self.warnings])

    @property
    def words(self) -> str:
        """The place with what it does to the whole."""
        names = {
            "mentor": self.mentor, "mentee": self.partner, "score": self.score, "cost": signed(self.cost)
        }  # fmt: skip
        if self.mentor is None:
            text = _("Without a mentor – the whole changes by %(cost)s")
        elif self.partner:
            text = _("%(mentor)s, in exchange with %(mentee)s – fits %(score)s of 100; the whole changes by %(cost)s")
        else:
            text = _("%(mentor)s, a free place – fits %(score)s of 100; the whole changes by %(cost)s")
        return ". ".join([text % names, *self.warnings])


def places_for(board: Board, proposal: Proposal, *, mentor: int | None = None) -> list[Place]:
    """Return every place that a mentee could go to, free ones first, then exchanges, the best for the whole first.

    With ``mentor`` only the places with that mentor.
    """
    rows = [row for key, row in board.mentors.items() if mentor in (None, key) and key != proposal.mentor_id]
    rows = by_number(rows, lambda row: row.mentor_id)
    found = [place for row in rows for place in _places_with(board, proposal, row)]
    found.sort(key=lambda place: (place.partner is not None, -place.cost))
    if proposal.mentor_id and mentor is None:
        cost = of_hundred(board.cost(proposal.mentee_id, None))
        why_not = rules_as_text(board.against(proposal.mentee_id, None))
        found.append(Place(None, None, 0, cost, why_not, warnings=_warnings(board, proposal, None, None)))
    return found


def _places_with(board: Board, proposal: Proposal, row: RunMentor) -> list[Place]:
    """Return the free place with a mentor, or the exchanges with the mentees there; nothing for who is not kept."""
    key, mentor = row.mentor_id or 0, row.mentor
    try:
        against = rules_as_text(board.rules_against(proposal.mentee_id, key))
    except ValueError:
        return []
    score = of_hundred(board.score(proposal.mentee_id, key))
    here = board.mentees_of(key)
    in_exchange = proposal.mentor_id is None or board.tables.keeps(proposal.mentor_id)
    known = [mentee for mentee in here if in_exchange and board.tables.keeps(mentee)]
    partners: list[int | None] = [None] if len(here) < row.places else []
    if against:
        return [Place(mentor, None, score, 0, against)]
    found = []
    for partner in [*partners, *by_number(known, lambda mentee: mentee)]:
        why_not = rules_as_text(board.against(proposal.mentee_id, key, partner))
        cost = of_hundred(board.cost(proposal.mentee_id, key, partner))
        person = board.proposals[partner].mentee if partner else None
        warnings = _warnings(board, proposal, key, partner)
        found.append(Place(mentor, person, score, cost, why_not, warnings))
    return found


def _warnings(board: Board, proposal: Proposal, mentor: int | None, partner: int | None) -> tuple[str, ...]:
    """Say what a move would leave behind: a group without an hour in common, or with one mentee alone."""
    found = []
    former, options = proposal.mentor_id, Options.of(board.run.options)
    for group in (mentor, former):
        people = board.after(group, proposal.mentee_id, mentor, partner) if group else []
        if people and _loses_hour(board, group or 0, people):
            found.append(_("The group of %(mentor)s would have no hour in common") % {"mentor": _name(board, group)})
        if len(people) == 1 < options.minimum:
            found.append(_("One mentee would be alone with %(mentor)s") % {"mentor": _name(board, group)})
    return tuple(found)


def _loses_hour(board: Board, group: int, people: list[int]) -> bool:
    """Whether these people have no hour in common, where the group has one now or is new."""
    if board.tables.starts is None or board.tables.common_starts(group, people):
        return False
    before = board.mentees_of(group)
    return not before or bool(board.tables.common_starts(group, before))


def _name(board: Board, mentor: int | None) -> str:
    return str(board.mentors[mentor].mentor) if mentor in board.mentors else ""
