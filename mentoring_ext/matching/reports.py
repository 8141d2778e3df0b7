"""What the pages of a run show: groups with the weakest match first, one mentee's reasons, those left over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lms.people.models import User
from lms.plugins import Text
from mentoring_ext.matching.explain import crowds, next_best
from mentoring_ext.matching.factors import NEUTRAL, ONE, Part, parts
from mentoring_ext.matching.models import MatchRun, Proposal
from mentoring_ext.matching.protocol import mentors_now, tables_of
from mentoring_ext.matching.words import FACTOR_WORDS, RULE_WORDS, TOGETHER_WORDS, fit_in_words

HUNDREDTH = ONE // 100
PERSONAL = frozenset({"culture", "age", "gender"})
"""Factors that read what people told in confidence: pages show them together, without saying how well they fit."""


def of_hundred(score: int) -> float:
    """Return millionths as points of a hundred with one decimal."""
    return round(score / HUNDREDTH, 1)


@dataclass(frozen=True)
class Group:
    """A mentor with the mentees of a run, the weakest match first."""

    mentor: User
    proposals: list[Proposal]
    free: int

    @property
    def weakest(self) -> float:
        """The lowest score of the group, of 100."""
        return of_hundred(min((proposal.score for proposal in self.proposals), default=0))


@dataclass(frozen=True)
class LeftOver:
    """Mentees without a mentor, those they compete with, and the places that there are: the proof in words."""

    proposals: list[Proposal]
    competing: int
    mentors: list[User]
    places: int
    rules: list[tuple[User, Proposal, str]]


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


def people_of(run: MatchRun) -> dict[int, User]:
    """Return the mentors of a run by id."""
    return User.objects.in_bulk(run.mentors)


def proposals_of(run: MatchRun) -> list[Proposal]:
    """Return the run's proposals with their mentees, the weakest match first."""
    return list(run.proposals.select_related("mentee").order_by("score", "pk"))


def groups_of(run: MatchRun, proposals: Sequence[Proposal]) -> list[Group]:
    """Return the groups, the one with the weakest match first, mentors without mentees last."""
    mentors = people_of(run)
    found = []
    for pk, mentor in mentors.items():
        own = [proposal for proposal in proposals if proposal.mentor_id == pk]
        found.append(Group(mentor, own, run.places[str(pk)] - len(own)))
    return sorted(found, key=lambda group: (not group.proposals, group.weakest, group.mentor.pk))


def left_over_of(run: MatchRun, proposals: Sequence[Proposal]) -> list[LeftOver]:
    """Explain those without a mentor: in a crowd with too few places, or by the rule that excludes each mentor."""
    mentors = people_of(run)
    _scores, allowed, places = tables_of(run, proposals)
    found = []
    for crowd in crowds(allowed, places, mentors_now(run, proposals)):
        left = [proposals[row] for row in crowd.left]
        found.append(
            LeftOver(
                left,
                len(crowd.mentees),
                [mentors[run.mentors[column]] for column in crowd.mentors if run.mentors[column] in mentors],
                crowd.places,
                [] if crowd.mentors else [(m, p, rules_in_words(p, m.pk)) for p in left for m in mentors.values()],
            )
        )
    return found


def rules_in_words(proposal: Proposal, mentor: int) -> str:
    """Name the rules that forbid a pair; empty when it is allowed."""
    return ", ".join(str(RULE_WORDS[rule]) for rule in proposal.options[str(mentor)]["rules"])


def factors_of(proposal: Proposal, mentor: int, weights: Mapping[str, int]) -> list[FactorRow]:
    """Return the parts of a pair's score, the largest first; they add up to the score exactly."""
    option = proposal.options[str(mentor)]
    found = parts(option["values"], option["points"], weights)
    rows = [_row(part) for part in found if part.factor not in PERSONAL]
    rows.sort(key=lambda row: (row.weight == 0, row.value is None, -row.most, -row.points))
    return [*rows, _together([part for part in found if part.factor in PERSONAL])]


def _row(part: Part) -> FactorRow:
    return FactorRow(
        *FACTOR_WORDS[part.factor],
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
    proposals, mentors = proposals_of(run), people_of(run)
    tables, present = tables_of(run, proposals), mentors_now(run, proposals)
    row = next(at for at, other in enumerate(proposals) if other.pk == proposal.pk)
    others = next_best(*tables, present, row)
    factors = factors_of(proposal, proposal.mentor_id, run.weights) if proposal.mentor_id else []
    return {
        "score": of_hundred(proposal.score),
        "factors": factors,
        "neutral": bool(factors) and proposal.score == NEUTRAL and not any(factor.exact for factor in factors),
        "next_best": [
            OtherMentor(
                mentors[run.mentors[other.mentor]],
                round(other.score * 100, 1),
                [proposals[at].mentee for at in other.taken_by],
                round(-other.change * 100, 1),
                -other.placed,
            )
            for other in others
        ],
        "excluded": [(mentor, rules) for pk, mentor in mentors.items() if (rules := rules_in_words(proposal, pk))],
    }


def change_by_hand(run: MatchRun, proposals: Sequence[Proposal]) -> float:
    """Return by how much changes by hand moved the total, in points of a hundred; 0 without any."""
    return of_hundred(sum(proposal.score for proposal in proposals) - run.total)
