"""What a lock or an excluded pair would cost the whole, before it is made."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mentoring_ext.matching.kept import RunInput, Settled
from mentoring_ext.matching.models import MatchRun, Proposal
from mentoring_ext.matching.outcomes import Outcome, answer_if_any, compare
from mentoring_ext.matching.reports.figures import of_hundred
from mentoring_ext.matching.reports.now import SECONDS, Now, now_of
from mentoring_ext.matching.reports.outcome import outcome_in_words
from mentoring_ext.matching.solver import Assignment
from mentoring_ext.matching.solving import Tables, tables_for


@dataclass(frozen=True)
class Cost:
    """What solving again comes to with a new rule, next to solving again without it; None where nothing is possible.

    ``weakest`` are the weakest matches before and after in points, where the run is fair to the weakest.
    """

    outcome: Outcome | None
    weakest: tuple[int, int] | None = None

    @property
    def possible(self) -> bool:
        """Whether a pairing is left at all."""
        return self.outcome is not None

    @property
    def words(self) -> str:
        """What it does to the whole."""
        return outcome_in_words(self.outcome)

    @property
    def is_free(self) -> bool:
        """Whether it surely costs nothing."""
        return self.outcome is not None and self.outcome.is_free


def cost_of_locking(run: MatchRun, proposal: Proposal) -> Cost | None:
    """Return what it costs when the pair stays together; None where nobody can say any more."""
    now = now_of(run) if proposal.mentor_id is not None else None
    if now is None or now.answer is None or not _is_known(now.tables, proposal):
        return None if now is None or now.answer is not None else Cost(None)
    row, column = now.tables.row(proposal.mentee_id), now.tables.column(proposal.mentor_id or 0)
    if now.answer.mentor_of[row] == column:
        return _cost(now.given, now.tables, now.answer, now.answer)
    fixed = {**now.given.settled.fixed, proposal.mentee_id: proposal.mentor_id or 0}
    return _changed(now, replace(now.given.settled, fixed=fixed), now.tables)


def cost_of_forbidding(run: MatchRun, proposal: Proposal) -> Cost | None:
    """Return what it costs when the pair is excluded; None where nobody can say any more."""
    now = now_of(run) if proposal.mentor_id is not None else None
    if now is None or now.answer is None or not _is_known(now.tables, proposal):
        return None if now is None or now.answer is not None else Cost(None)
    pair, settled = (proposal.mentee_id, proposal.mentor_id or 0), now.given.settled
    row, column = now.tables.row(pair[0]), now.tables.column(pair[1])
    if now.answer.optimal and now.answer.mentor_of[row] != column and pair not in settled.fixed.items():
        return _cost(now.given, now.tables, now.answer, now.answer)
    fixed = {mentee: mentor for mentee, mentor in settled.fixed.items() if (mentee, mentor) != pair}
    settled = replace(settled, fixed=fixed, forbidden=settled.forbidden | {pair})
    return _changed(now, settled, tables_for(replace(now.given, settled=settled)))


def _is_known(tables: Tables, proposal: Proposal) -> bool:
    return proposal.mentee_id in tables.mentees and proposal.mentor_id in tables.mentors


def _changed(now: Now, settled: Settled, tables: Tables) -> Cost:
    """Solve again with other rules about pairs."""
    given = replace(now.given, settled=settled)
    after = answer_if_any(given, tables, seconds=SECONDS)
    if after is None or now.answer is None:
        return Cost(None)
    less = _are_kept(now.given.settled.fixed, settled.fixed)
    return _cost(given, tables, now.answer, after, only_less=less)


def _are_kept(before: Mapping[int, int], after: Mapping[int, int]) -> bool:
    return all(after.get(mentee) == mentor for mentee, mentor in before.items())


def _cost(given: RunInput, tables: Tables, before: Assignment, after: Assignment, *, only_less: bool = True) -> Cost:
    if before is after:
        # The very pairs that were found can stay: whatever the best is, nothing is lost next to them.
        return Cost(Outcome(0, 0, 0))
    outcome = compare(tables, before, after, only_less=only_less)
    first, second = outcome.weakest
    if given.options.objective != "fair" or first is None or second is None:
        return Cost(outcome)
    return Cost(outcome, (of_hundred(first), of_hundred(second)))
