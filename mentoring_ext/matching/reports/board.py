"""A run's groups with the weakest match first, and where a mentee could go."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lms.people.models import User
from mentoring_ext.matching.kept import Options
from mentoring_ext.matching.leading import leading_in
from mentoring_ext.matching.models import MatchRun, PairRule, Proposal
from mentoring_ext.matching.naming import are_numbers_used, by_number, place_of
from mentoring_ext.matching.reports.alone import AloneWords
from mentoring_ext.matching.reports.figures import of_hundred
from mentoring_ext.matching.reports.helping import Suggestion
from mentoring_ext.matching.solving import Tables
from mentoring_ext.matching.words import slot_in_words


@dataclass(frozen=True)
class Group:
    """A mentor with the mentees of a run, the weakest match first; ``hour`` is when all are free, in words.

    Who made a pair offline has found hours without the sheets, so that nobody else knows them. ``suggestions`` are
    hours that would give a group one in common.
    """

    mentor: User
    proposals: list[Proposal]
    free: int
    hour: str
    alone: str = ""
    """Why there is one mentee only, in words; nothing in other groups."""
    locked: dict[int, PairRule] = field(default_factory=dict)
    suggestions: list[Suggestion] = field(default_factory=list)
    excluded: frozenset[int] = frozenset()
    """Keys of the mentees who were excluded with this mentor since; the pair stands until it is solved again."""
    is_further: bool = False
    """Whether the mentor leads a running group of the cohort, and this open pairing gives a further one."""

    @property
    def is_offline(self) -> bool:
        """Whether somebody of the group made the pair offline."""
        return any(rule.offline for rule in self.locked.values())

    @property
    def has_no_hour(self) -> bool:
        """Whether there is no hour at which all of the group are free, by what they told."""
        return bool(self.proposals) and not self.hour and not self.is_offline

    @property
    def weakest(self) -> int:
        """The lowest score of the group, of 100."""
        return of_hundred(min((proposal.score for proposal in self.proposals), default=0))

    @property
    def rows(self) -> list[tuple[Proposal, PairRule | None]]:
        """Each proposal with its lock."""
        return [(proposal, self.locked.get(proposal.mentee_id)) for proposal in self.proposals]


def proposals_of(run: MatchRun) -> list[Proposal]:
    """Return the run's proposals with their mentees, the weakest match first."""
    found = run.proposals.select_related("mentee", "exchanged_with").order_by("score", "pk")
    return sorted(by_number(found, lambda proposal: proposal.mentee_id), key=lambda proposal: proposal.score)


def groups_of(run: MatchRun, proposals: Sequence[Proposal], tables: Tables | None = None) -> list[Group]:
    """Return the groups, the one with the weakest match first, mentors without mentees last; four queries."""
    hours = Options.of(run.options).hours
    kinds = (PairRule.Kind.FIXED, PairRule.Kind.FORBIDDEN)
    rules = list(PairRule.objects.filter(cohort=run.cohort_id, kind__in=kinds))
    locked = {(rule.mentee_id, rule.mentor_id): rule for rule in rules if rule.kind == PairRule.Kind.FIXED}
    excluded = {(rule.mentee_id, rule.mentor_id) for rule in rules if run.is_open} - locked.keys()
    by_mentor: dict[int | None, list[Proposal]] = {}
    for proposal in proposals:
        by_mentor.setdefault(proposal.mentor_id, []).append(proposal)
    found, words = [], AloneWords(run, tables)
    rows = list(run.mentors.select_related("mentor").exclude(mentor=None))
    # Few mentors lead a group already: while names are hidden, it would tell who somebody is.
    tells = run.is_open and not are_numbers_used()
    led = leading_in(run.cohort, [row.mentor for row in rows]) if tells else {}
    for row in rows:
        if row.mentor is None:
            continue
        own = by_mentor.get(row.mentor_id, [])
        fixed = {p.mentee_id: lock for p in own if (lock := locked.get((p.mentee_id, row.mentor.pk)))}
        offline = any(lock.offline for lock in fixed.values())
        hour = slot_in_words(row.slot, hours) if own and not offline else ""
        alone = words.of(own[0], row.places) if len(own) == 1 else ""
        apart = frozenset(p.mentee_id for p in own if (p.mentee_id, row.mentor.pk) in excluded)
        further = bool(own) and row.mentor.pk in led
        found.append(
            Group(row.mentor, own, row.places - len(own), hour, alone, fixed, excluded=apart, is_further=further)
        )
    return sorted(found, key=lambda group: (not group.proposals, group.weakest, place_of(group.mentor.pk)))
