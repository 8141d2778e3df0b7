"""Why a mentee has this mentor: the parts of the score, the next best mentors, and whom a rule excludes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lms.people.models import User
from lms.plugins import Text
from mentoring_ext.matching.explain import next_best
from mentoring_ext.matching.factors import NEUTRAL, ONE, Part, parts
from mentoring_ext.matching.kept import Options
from mentoring_ext.matching.models import MatchRun, Proposal
from mentoring_ext.matching.naming import by_number
from mentoring_ext.matching.reports.figures import PERSONAL, of_hundred
from mentoring_ext.matching.solver import LEFT_OVER
from mentoring_ext.matching.solving import Tables, tables_of
from mentoring_ext.matching.words import TOGETHER_WORDS, fit_in_words, rules_as_text, words_of


@dataclass(frozen=True)
class FactorRow:
    """One factor of a pair in words and points of a hundred; the personal ones stand ``together`` in one row."""

    name: Text
    about: Text
    value: float | None
    word: Text
    weight: int
    points: float
    most: float
    exact: int
    together: bool = False


@dataclass(frozen=True)
class OtherMentor:
    """Another mentor for a mentee: the score, who is there now, and what the change would cost the whole."""

    mentor: User
    score: float
    taken_by: list[User]
    cost: float
    places: int


def factors_of(tables: Tables, proposal: Proposal, mentor: int, weights: Mapping[str, int]) -> list[FactorRow]:
    """Return the parts of a pair's score, the largest first; they add up to the score exactly."""
    found = parts(*tables.parts(proposal.mentee_id, mentor), weights, tables.factors)
    rows = [_row(part) for part in found if part.factor not in PERSONAL]
    rows.sort(key=lambda row: (row.weight == 0, row.value is None, -row.most, -row.points))
    return [*rows, _together([part for part in found if part.factor in PERSONAL])]


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
    tables = tables_of(bytes(run.input))
    if proposal.mentee_id not in tables.mentees:
        return {"score": of_hundred(proposal.score), "forgotten": True}
    rows = by_number(run.mentors.select_related("mentor").exclude(mentor=None), lambda row: row.mentor_id)
    mentors = {row.mentor.pk: row.mentor for row in rows if row.mentor}
    known = proposal.mentor_id in tables.mentors
    factors = factors_of(tables, proposal, proposal.mentor_id or 0, run.weights) if known else []
    against = [
        (mentor, rules_as_text(tables.rules_against(proposal.mentee_id, key))) for key, mentor in mentors.items()
    ]
    return {
        "score": of_hundred(proposal.score),
        "factors": factors,
        "neutral": bool(factors) and proposal.score == NEUTRAL and not any(factor.exact for factor in factors),
        "next_best": _others(run, proposal, tables, mentors),
        "groups_aside": _asks_of_groups(run),
        "excluded": [(mentor, rules) for mentor, rules in against if rules],
    }


def _asks_of_groups(run: MatchRun) -> bool:
    options = Options.of(run.options)
    return options.common_slot or options.minimum > 1


def _others(run: MatchRun, proposal: Proposal, tables: Tables, mentors: Mapping[int, User]) -> list[OtherMentor]:
    people = {each.mentee_id: each for each in run.proposals.select_related("mentee")}
    columns = {key: column for column, key in enumerate(tables.mentors)}
    places = {row.mentor_id: row.places for row in run.mentors.all()}
    capacity = np.array([places.get(key, 0) for key in tables.mentors], dtype=np.int64)
    now = [columns.get(people[key].mentor_id or 0, LEFT_OVER) if key in people else LEFT_OVER for key in tables.mentees]
    found = next_best(
        tables.scores / ONE,
        tables.allowed,
        capacity,
        np.array(now, dtype=np.int64),
        tables.row(proposal.mentee_id),
        groups_aside=_asks_of_groups(run),
    )
    return [
        OtherMentor(
            mentors[tables.mentors[other.mentor]],
            round(other.score * 100, 1),
            [people[tables.mentees[at]].mentee for at in other.taken_by if tables.mentees[at] in people],
            round(-other.change * 100, 1),
            -other.placed,
        )
        for other in found
        if tables.mentors[other.mentor] in mentors
    ]
