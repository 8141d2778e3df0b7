"""What a lock or an excluded pair would cost the whole, before it is made."""

from dataclasses import dataclass, replace

import numpy as np

from lms.errors import DomainError
from mentoring_ext.matching.actions.running import answer_for
from mentoring_ext.matching.kept import RunInput, Settled
from mentoring_ext.matching.models import MatchRun, Proposal
from mentoring_ext.matching.people import settled_in
from mentoring_ext.matching.protocol import input_of_run
from mentoring_ext.matching.reports.figures import of_hundred
from mentoring_ext.matching.solver import LEFT_OVER


@dataclass(frozen=True)
class Cost:
    """How the best result changes: total in points, mentees placed; ``possible`` is false where none is left."""

    total: float
    placed: int
    possible: bool = True


def cost_of_locking(run: MatchRun, proposal: Proposal) -> Cost | None:
    """Return what it costs when the pair stays together; None where nobody can say any more."""
    given = _now(run)
    if given is None or proposal.mentor_id is None:
        return None
    fixed = {**given.settled.fixed, proposal.mentee_id: proposal.mentor_id}
    return _difference(given, replace(given.settled, fixed=fixed))


def cost_of_forbidding(run: MatchRun, proposal: Proposal) -> Cost | None:
    """Return what it costs when the pair is excluded; None where nobody can say any more."""
    given = _now(run)
    if given is None or proposal.mentor_id is None:
        return None
    pair = (proposal.mentee_id, proposal.mentor_id)
    fixed = {mentee: mentor for mentee, mentor in given.settled.fixed.items() if (mentee, mentor) != pair}
    return _difference(given, replace(given.settled, fixed=fixed, forbidden=given.settled.forbidden | {pair}))


def _now(run: MatchRun) -> RunInput | None:
    """Return the run's input with the rules about pairs that hold now; the search for hours is left out."""
    given = input_of_run(run)
    if given is None:
        return None
    options = replace(given.options, common_slot=False, minimum=1, objective="total")
    return replace(given, settled=settled_in(run.cohort), options=options)


def _difference(given: RunInput, settled: Settled) -> Cost:
    try:
        total, placed = _result(given)
        new_total, new_placed = _result(replace(given, settled=settled))
    except DomainError:
        return Cost(0, 0, possible=False)
    return Cost(of_hundred(new_total - total), new_placed - placed)


def _result(given: RunInput) -> tuple[int, int]:
    tables, answer = answer_for(given)
    rows = np.flatnonzero(answer.mentor_of != LEFT_OVER)
    return int(tables.scores[rows, answer.mentor_of[rows]].sum()), len(rows)
