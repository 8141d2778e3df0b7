"""Why a mentee has this mentor: the parts of the score, the next best mentors, and whom a rule excludes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lms.people.models import User
from lms.plugins import Text
from mentoring_ext.matching.explain import next_best
from mentoring_ext.matching.factors import NEUTRAL, Part, parts
from mentoring_ext.matching.models import MatchRun, Proposal
from mentoring_ext.matching.naming import by_number
from mentoring_ext.matching.personal import PERSONAL, counts_personal
from mentoring_ext.matching.reports.alone import why_alone
from mentoring_ext.matching.reports.figures import in_whole_points, of_hundred
from mentoring_ext.matching.reports.left_over import suggestions_for
from mentoring_ext.matching.reports.now import SECONDS, Now, first_of, now_of, standing_in
from mentoring_ext.matching.reports.outcome import outcome_in_words
from mentoring_ext.matching.solving import Tables
from mentoring_ext.matching.words import TOGETHER_WORDS, fit_in_words, rules_as_text, words_of

SHOWN = 3
"""How many of the next best mentors stand on the page at first; where each has to be solved, there are no more."""


@dataclass(frozen=True)
class FactorRow:
    """One factor of a pair in words and points of a hundred; the personal ones stand ``together`` in one row."""

    name: Text
    about: Text
    value: float | None
    word: Text
    weight: int
    points: int
    most: int
    exact: int
    together: bool = False

    def shown_as(self, points: int) -> "FactorRow":
        """Return the row with these points, which are never more than the most that it shows."""
        return replace(self, points=points, most=self.most if self.together else max(self.most, points))


@dataclass(frozen=True)
class OtherMentor:
    """Another mentor for a mentee: the score, who is there now, and in words what the change does to the whole."""

    mentor: User
    score: int
    taken_by: list[User]
    words: str
    is_exact: bool


def factors_of(tables: Tables, proposal: Proposal, mentor: int, weights: Mapping[str, int]) -> list[FactorRow]:
    """Return the parts of a pair's score, the largest first; points and millionths add up to the score exactly."""
    found = parts(*tables.parts(proposal.mentee_id, mentor), weights, tables.factors)
    rows = [_row(part) for part in found if part.factor not in PERSONAL]
    rows.sort(key=lambda row: (row.weight == 0, row.value is None, -row.weight, -row.exact))
    rows.append(_together([part for part in found if part.factor in PERSONAL]))
    shown = in_whole_points([row.exact for row in rows])
    return [row.shown_as(points) for row, points in zip(rows, shown, strict=True)]


def _row(part: Part) -> FactorRow:
    return FactorRow(
        *words_of(part.factor),
        value=part.value,
        word=fit_in_words(part.value),
        weight=part.weight,
        points=of_hundred(part.points),
        most=of_hundred(part.most),
        exact=part.points,
    )


def _together(personal: Sequence[Part]) -> FactorRow:
    """Return one row for the personal factors; what they could have given would tell who kept silent, so it is 0."""
    name, about, word = TOGETHER_WORDS
    exact = sum(part.points for part in personal)
    return FactorRow(
        name,
        about,
        value=None,
        word=word,
        weight=sum(part.weight for part in personal),
        points=of_hundred(exact),
        most=0,
        exact=exact,
        together=True,
    )


def reasons_for(run: MatchRun, proposal: Proposal) -> dict[str, Any]:
    """Return why a mentee has this mentor: factors, the next best with their cost, and whom a rule excludes."""
    now = now_of(run) or first_of(run)
    tables = now.tables
    if proposal.mentee_id not in tables.mentees:
        return {"score": of_hundred(proposal.score), "forgotten": True}
    rows = by_number(run.mentors.select_related("mentor").exclude(mentor=None), lambda row: row.mentor_id)
    mentors = {row.mentor.pk: row.mentor for row in rows if row.mentor}
    known = proposal.mentor_id in tables.mentors
    factors = factors_of(tables, proposal, proposal.mentor_id or 0, run.weights) if known else []
    against = [
        (mentor, rules_as_text(tables.rules_against(proposal.mentee_id, key)))
        for key, mentor in mentors.items()
        if key in tables.mentors
    ]
    people = {each.mentee_id: each for each in run.proposals.select_related("mentee")}
    others = _others(now, proposal, mentors, people)
    return {
        "score": of_hundred(proposal.score),
        "factors": factors,
        "is_exact_shown": not counts_personal(run.weights),
        "neutral": bool(factors) and proposal.score == NEUTRAL and not any(factor.exact for factor in factors),
        "next_best": others[:SHOWN],
        "further": others[SHOWN:],
        "exact": all(other.is_exact for other in others),
        "locks_broken": now.answer is None,
        "suggestions": suggestions_for(run, proposal),
        "excluded": [(mentor, rules) for mentor, rules in against if rules],
        "alone": why_alone(run, proposal, now, people) if known else None,
    }


def _others(
    now: Now, proposal: Proposal, mentors: Mapping[int, User], people: dict[int, Proposal]
) -> list[OtherMentor]:
    if now.answer is None:
        return []
    standing = standing_in(now.tables, people)
    row, seconds = now.tables.row(proposal.mentee_id), SECONDS / SHOWN
    found = next_best(now.given, now.tables, now.answer, standing, row, limit=SHOWN, seconds=seconds)
    mentees = now.tables.mentees
    return [
        OtherMentor(
            mentors[now.tables.mentors[other.mentor]],
            of_hundred(other.score),
            [people[mentees[at]].mentee for at in other.taken_by if mentees[at] in people],
            outcome_in_words(other.outcome, beside=(proposal.score, other.score)),
            other.outcome is None or other.outcome.is_exact,
        )
        for other in found
        if now.tables.mentors[other.mentor] in mentors
    ]
