"""Factors that a coordinator adds to the eleven: the answers to one more question on both sheets."""

from collections.abc import Sequence

from mentoring_ext.matching.encoding import codes, figures, membership
from mentoring_ext.matching.factors.comparing import Factor, covered, near, same, shared
from mentoring_ext.matching.facts import Answer, Facts, Further, Sides, plain


def further_factor(sides: Sides, asked: Further) -> Factor:
    """Compare the answers as ``Further.rule`` says; an answer of another kind counts as not given."""
    mentees, mentors = _answers(sides.mentees, asked.name), _answers(sides.mentors, asked.name)
    if asked.rule == "near":
        return Factor(near(figures(map(_number, mentees)), figures(map(_number, mentors)), asked.far))
    if asked.rule == "same":
        return Factor(same(*codes([_word(answer) for answer in mentees], [_word(answer) for answer in mentors])))
    chosen = membership([_chosen(answer) for answer in mentees], [_chosen(answer) for answer in mentors])
    return Factor(shared(*chosen) if asked.rule == "shared" else covered(*chosen))


def _answers(people: Sequence[Facts], name: str) -> list[Answer | None]:
    return [person.extra.get(name) for person in people]


def _number(answer: Answer | None) -> float | None:
    return float(answer) if isinstance(answer, (int, float)) else None


def _word(answer: Answer | None) -> str:
    """Return an answer as one word; several choices are the same when all of them are."""
    if answer is None:
        return ""
    return " ".join(sorted(answer)) if isinstance(answer, frozenset) else plain(str(answer))


def _chosen(answer: Answer | None) -> frozenset[str]:
    if answer is None or isinstance(answer, frozenset):
        return answer or frozenset()
    return frozenset({plain(str(answer))} - {""})
