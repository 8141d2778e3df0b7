"""Why somebody has no mentor – too few places, a rule, or what was asked of the groups – and what would help."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from lms.people.models import User
from mentoring_ext.matching.changes import Advice, Help
from mentoring_ext.matching.explain import Crowd, crowds
from mentoring_ext.matching.helping import advice_of, is_outdated
from mentoring_ext.matching.models import MatchRun, Proposal, RunMentor
from mentoring_ext.matching.naming import by_number
from mentoring_ext.matching.people import settled_in
from mentoring_ext.matching.protocol import input_of_run
from mentoring_ext.matching.reports.helping import Suggesting, Suggestion
from mentoring_ext.matching.solver import LEFT_OVER
from mentoring_ext.matching.solving import Tables
from mentoring_ext.matching.words import rules_as_text

Rows = dict[int | None, RunMentor]
NAMED = 12
"""So many of those who wait for the same places stand open; the others are folded."""


@dataclass(frozen=True)
class LeftOver:
    """Mentees without a mentor, those they compete with, and the places that there are: the proof in words.

    ``rules`` are given where no mentor is possible at all. ``room`` are mentors with a free place that only what was
    asked of the groups, or a change by hand, keeps free. ``suggestions`` are small changes that would place somebody.
    """

    proposals: list[Proposal]
    competing: int
    mentors: list[User]
    places: int
    rules: list[tuple[User, Proposal, str]] = field(default_factory=list)
    room: list[User] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)

    @property
    def named(self) -> list[Proposal]:
        """The first of them."""
        return self.proposals[:NAMED]

    @property
    def others(self) -> list[Proposal]:
        """The rest of them."""
        return self.proposals[NAMED:]


@dataclass(frozen=True)
class Helping:
    """What would help those left over: in crowds, and for the run as a whole.

    ``known`` is false where nobody has looked yet, ``complete`` where time ended the search; ``outdated`` says that
    locks, exclusions or places changed since. ``unexplained`` have no mentor, and stand in no crowd.
    """

    left_over: list[LeftOver]
    options: list[Suggestion]
    unexplained: list[Proposal]
    known: bool
    complete: bool
    outdated: bool


def helping_in(run: MatchRun, proposals: Sequence[Proposal], tables: Tables | None) -> Helping:
    """Return why people have no mentor, and what would help.

    Without ``tables``, as for very large runs, the reasons are those that were kept when the run was made.
    """
    mentors = by_number(run.mentors.select_related("mentor").exclude(mentor=None), lambda row: row.mentor_id)
    rows: Rows = {row.mentor_id: row for row in mentors}
    advice, given = advice_of(run), input_of_run(run)
    found = _as_it_stands(rows, proposals, tables) if tables else _as_kept(rows, proposals, advice)
    explained = {proposal.mentee_id for crowd in found for proposal in crowd.proposals}
    rest = (each for each in proposals if each.mentor_id is None and each.mentee_id not in explained)
    unexplained = by_number(rest, lambda proposal: proposal.mentee_id)
    moved = any(proposal.is_moved for proposal in proposals)
    outdated = moved or is_outdated(run, settled_in(run.cohort))
    if advice is None or given is None:
        return Helping(found, [], unexplained, known=given is None, complete=True, outdated=outdated)
    people = {proposal.mentee_id: proposal.mentee for proposal in proposals}
    people |= {row.mentor.pk: row.mentor for row in mentors if row.mentor}
    words = Suggesting.of(run, given, people)
    found = [replace(crowd, suggestions=words.in_words(_helps_for(crowd, advice))) for crowd in found]
    options = words.in_words(each for each in advice.helps if each.change.kind == "option")
    return Helping(found, options, unexplained, known=True, complete=advice.complete, outdated=outdated)


def suggestions_for(run: MatchRun, proposal: Proposal) -> list[Suggestion]:
    """Return what would help one mentee without a mentor, options of the run first."""
    advice, given = advice_of(run), input_of_run(run)
    if proposal.mentor_id or advice is None or given is None:
        return []
    people = {each.mentee_id: each.mentee for each in run.proposals.select_related("mentee")}
    people |= {row.mentor.pk: row.mentor for row in run.mentors.select_related("mentor") if row.mentor}
    return Suggesting.of(run, given, people).in_words(h for h in advice.helps if proposal.mentee_id in h.left)


def _helps_for(crowd: LeftOver, advice: Advice) -> list[Help]:
    left = {proposal.mentee_id for proposal in crowd.proposals}
    return [each for each in advice.helps if each.change.kind != "option" and left & set(each.left)]


def _as_kept(rows: Rows, proposals: Sequence[Proposal], advice: Advice | None) -> list[LeftOver]:
    """Return the crowds as they were found when the run was made, without whoever has a mentor by now."""
    waiting = {proposal.mentee_id: proposal for proposal in proposals if proposal.mentor_id is None}
    found = []
    for crowd in advice.waiting if advice else []:
        left = by_number((waiting[key] for key in crowd.left if key in waiting), lambda proposal: proposal.mentee_id)
        mentors = [
            row.mentor for key in by_number(crowd.mentors, lambda key: key) if (row := rows.get(key)) and row.mentor
        ]
        if left:
            found.append(LeftOver(left, crowd.competing, mentors, crowd.places))
    return found


def _as_it_stands(rows: Rows, proposals: Sequence[Proposal], tables: Tables) -> list[LeftOver]:
    """Explain those without a mentor, in crowds who want the same places."""
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
            here = replace(here, room=_known(rows, tables, [c for c in crowd.mentors if free[c] > 0]))
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
