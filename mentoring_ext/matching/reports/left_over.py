"""Why somebody has no mentor: too few places, a rule about pairs, or what was asked of the groups."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from lms.people.models import User
from mentoring_ext.matching.explain import Crowd, crowds
from mentoring_ext.matching.models import MatchRun, Proposal, RunMentor
from mentoring_ext.matching.naming import by_number
from mentoring_ext.matching.protocol import input_of_run
from mentoring_ext.matching.solver import LEFT_OVER, Infeasible
from mentoring_ext.matching.solving import LockBroken, Tables, solve
from mentoring_ext.matching.words import rules_as_text

Rows = dict[int | None, RunMentor]


@dataclass(frozen=True)
class LeftOver:
    """Mentees without a mentor, those they compete with, and the places that there are: the proof in words.

    ``rules`` are given where no mentor is possible at all. ``room`` are mentors with a free place that only what was
    asked of the groups, or a change by hand, keeps free; ``more`` is how many mentees more would have a mentor if
    nothing were asked of the groups.
    """

    proposals: list[Proposal]
    competing: int
    mentors: list[User]
    places: int
    rules: list[tuple[User, Proposal, str]] = field(default_factory=list)
    room: list[User] = field(default_factory=list)
    more: int = 0


def left_over_of(run: MatchRun, proposals: Sequence[Proposal], tables: Tables) -> list[LeftOver]:
    """Explain those without a mentor, in crowds who want the same places."""
    mentors = by_number(run.mentors.select_related("mentor").exclude(mentor=None), lambda row: row.mentor_id)
    rows: Rows = {row.mentor_id: row for row in mentors}
    by_mentee = {proposal.mentee_id: proposal for proposal in proposals}
    people = [by_mentee.get(key) for key in tables.mentees]
    columns = {key: column for column, key in enumerate(tables.mentors)}
    present = np.array([columns.get(p.mentor_id or 0, LEFT_OVER) if p else LEFT_OVER for p in people], dtype=np.int64)
    places = np.array([rows[key].places if key in rows else 0 for key in tables.mentors], dtype=np.int64)
    free = places - np.bincount(present[present >= 0], minlength=len(places))
    found = []
    for crowd in crowds(tables.allowed, places, present):
        found_left = (proposal for row in crowd.left if (proposal := people[row]))
        left = by_number(found_left, lambda proposal: proposal.mentee_id)
        here = LeftOver(left, len(crowd.mentees), _known(rows, tables, crowd.mentors), crowd.places)
        if not crowd.mentors:
            here = replace(here, rules=_rules_against(left, rows, tables))
        elif _has_room(crowd):
            room = [column for column in crowd.mentors if free[column] > 0]
            here = replace(here, room=_known(rows, tables, room), more=_more(run, tables, proposals))
        found.append(here)
    return found


def _has_room(crowd: Crowd) -> bool:
    return crowd.places >= len(crowd.mentees)


def _known(rows: Rows, tables: Tables, columns: Sequence[int]) -> list[User]:
    found = (rows.get(key) for key in by_number((tables.mentors[column] for column in columns), lambda key: key))
    return [row.mentor for row in found if row and row.mentor]


def _rules_against(left: Sequence[Proposal], rows: Rows, tables: Tables) -> list[tuple[User, Proposal, str]]:
    mentors = [row.mentor for row in rows.values() if row.mentor]
    return [
        (mentor, proposal, rules_as_text(tables.rules_against(proposal.mentee_id, mentor.pk)))
        for mentor in mentors
        for proposal in left
    ]


def _more(run: MatchRun, tables: Tables, proposals: Sequence[Proposal]) -> int:
    """Return how many mentees more have a mentor when groups may be of any size and need no hour in common."""
    given = input_of_run(run)
    if given is None or not (given.options.common_slot or given.options.minimum > 1):
        return 0
    options = replace(given.options, minimum=1, common_slot=False, objective="total")
    try:
        _tables, answer = solve(replace(given, options=options), tables=tables)
    except (LockBroken, Infeasible):
        return 0
    placed = sum(proposal.mentor_id is not None for proposal in proposals)
    return max(len(tables.mentees) - len(answer.left_over) - placed, 0)
