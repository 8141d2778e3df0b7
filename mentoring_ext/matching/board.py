"""What stands in a run while something moves in it: who is with whom, what a move costs, and which rules forbid it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from lms.people.models import User
from mentoring_ext.matching.kept import Options, Settled
from mentoring_ext.matching.models import MatchRun, Proposal, RunMentor
from mentoring_ext.matching.people import settled_in
from mentoring_ext.matching.rules import CONFLICT, FORBIDDEN, VETOED
from mentoring_ext.matching.solving import Tables, tables_of


@dataclass(frozen=True)
class Placing:
    """Where a mentee is put by hand and why; in an exchange the reason stands with who was to be moved."""

    mentee: int
    mentor: User | None
    reason: str = ""
    exchanged_with: int | None = None


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
        proposals = run.proposals.select_related("mentor", "mentee", "exchanged_with")
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
        return list(self._groups.get(mentor, ()))

    @cached_property
    def _groups(self) -> dict[int, list[int]]:
        """The mentees of each mentor, by keys; read again after something moved."""
        found: dict[int, list[int]] = {}
        for key, proposal in self.proposals.items():
            if proposal.mentor_id:
                found.setdefault(proposal.mentor_id, []).append(key)
        return found

    def score(self, mentee: int, mentor: int | None) -> int:
        """Return the score of a pair, 0 without a mentor."""
        return self.tables.score(mentee, mentor) if mentor else 0

    @property
    def total(self) -> int:
        """The scores of all together."""
        return sum(proposal.score for proposal in self.proposals.values())

    def cost(self, mentee: int, mentor: int | None, partner: int | None = None) -> int:
        """Return what a move does to the total, in millionths: with ``partner`` the two change places."""
        return sum(after - before for before, after in self.scores_of(mentee, mentor, partner))

    def scores_of(self, mentee: int, mentor: int | None, partner: int | None = None) -> list[tuple[int, int]]:
        """Return the scores before and after a move of the mentee and, in an exchange, of ``partner``."""
        moved = self.proposals[mentee]
        found = [(moved.score, self.score(mentee, mentor))]
        if partner is not None:
            found.append((self.proposals[partner].score, self.score(partner, moved.mentor_id)))
        return found

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

    def place(self, placings: Iterable[Placing], *, cost: int = 0) -> None:
        """Put mentees to their new mentors and find the hours of the groups concerned anew."""
        touched = set()
        for put in placings:
            proposal, mentor = self.proposals[put.mentee], put.mentor
            touched |= {proposal.mentor_id, mentor.pk if mentor else None}
            proposal.mentor, proposal.score = mentor, self.score(put.mentee, mentor.pk if mentor else None)
            proposal.moved_because, proposal.moved_cost = put.reason, cost
            proposal.exchanged_with_id = put.exchanged_with
            proposal.save(update_fields=["mentor", "score", "moved_because", "moved_cost", "exchanged_with"])
        self.__dict__.pop("_groups", None)
        for row in (self.mentors[key] for key in touched if key in self.mentors):
            self._find_hour(row)

    def _find_hour(self, row: RunMentor) -> None:
        people = self.mentees_of(row.mentor_id or 0)
        starts = self.tables.common_starts(row.mentor_id or 0, people) if people else []
        if row.slot not in starts:
            row.slot = next(iter(starts), None)
            row.save(update_fields=["slot"])
