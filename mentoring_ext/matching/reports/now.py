"""A run's people with the rules about pairs that hold now, and the best that can come of them."""

from dataclasses import dataclass, replace

import numpy as np

from mentoring_ext.matching.facts import Integers, Sides
from mentoring_ext.matching.kept import RunInput
from mentoring_ext.matching.models import MatchRun, Proposal
from mentoring_ext.matching.outcomes import answer_if_any
from mentoring_ext.matching.people import settled_in
from mentoring_ext.matching.protocol import input_of_run, kept_answer
from mentoring_ext.matching.solver import LEFT_OVER, Assignment
from mentoring_ext.matching.solving import Tables, tables_for, tables_of

SECONDS = 3.0
"""How long a page searches for one answer; what is not proven by then is said between limits."""


@dataclass(frozen=True)
class Now:
    """What solving again would be given, and its answer: None where the locks cannot all be kept."""

    given: RunInput
    tables: Tables
    answer: Assignment | None


def now_of(run: MatchRun) -> Now | None:
    """Return what would come of a run with the locks and exclusions of now; None where nobody can say any more.

    As long as these are the same as when the run was made its own answer is taken.
    """
    kept = input_of_run(run)
    if kept is None:
        return None
    settled = replace(settled_in(run.cohort), present=kept.settled.present)
    given = replace(kept, settled=settled)
    tables = tables_for(given)
    if settled == kept.settled and run.repeatable and run.certificate:
        return Now(given, tables, kept_answer(run))
    return Now(given, tables, answer_if_any(given, tables, seconds=SECONDS))


def first_of(run: MatchRun) -> Now:
    """Return a run of the first version, of which only the tables are kept."""
    tables = tables_of(bytes(run.input))
    places = dict(run.mentors.values_list("mentor", "places"))
    tables = replace(tables, capacity=np.array([places.get(key, 0) for key in tables.mentors], dtype=np.int64))
    given = RunInput(Sides([], []), run.weights)
    return Now(given, tables, answer_if_any(given, tables))


def standing_in(tables: Tables, proposals: dict[int, Proposal]) -> Integers:
    """Return who is with whom in a run, changes by hand with it, by row and column of the tables."""
    columns = {key: column for column, key in enumerate(tables.mentors)}
    mentors = (proposals[key].mentor_id if key in proposals else None for key in tables.mentees)
    return np.array([columns.get(mentor or 0, LEFT_OVER) for mentor in mentors], dtype=np.int64)
