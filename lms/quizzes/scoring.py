"""How answers are scored: plain functions that know no database and no request."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["single", "multiple", "true_false", "short_text"]
Answer = Sequence[int] | str


@dataclass(frozen=True)
class Option:
    """An answer that can be chosen or, for a short text, is accepted."""

    id: int
    text: str
    right: bool
    feedback: str = ""


@dataclass(frozen=True)
class Question:
    """A question with its options."""

    id: int
    kind: Kind
    text: str
    options: Sequence[Option]
    explanation: str = ""


@dataclass(frozen=True)
class Marked:
    """A scored answer: ``fraction`` runs from 0 (wrong) to 1 (right); ``feedback`` belongs to what was answered."""

    question: Question
    answer: Sequence[str]
    fraction: float
    feedback: Sequence[str]
    expected: Sequence[str]


@dataclass(frozen=True)
class Score:
    """The marked questions, and the whole in per cent."""

    marked: Sequence[Marked]
    percent: int


def score(questions: Sequence[Question], answers: Mapping[int, Answer]) -> Score:
    """Mark every question; each counts the same, and one without an answer counts as wrong."""
    marked = [mark(question, answers.get(question.id, ())) for question in questions]
    points = sum(one.fraction for one in marked)
    return Score(marked, int(100 * points / len(marked) + 1e-9) if marked else 0)


def mark(question: Question, answer: Answer) -> Marked:
    """Mark one answer: choice ids, or the text that was written."""
    if question.kind == "short_text":
        return _mark_text(question, answer if isinstance(answer, str) else "")
    chosen = [option for option in question.options if not isinstance(answer, str) and option.id in answer]
    right = [option for option in question.options if option.right]
    return Marked(
        question=question,
        answer=[option.text for option in chosen],
        fraction=_fraction(question.kind, chosen, right),
        feedback=[option.feedback for option in chosen if option.feedback],
        expected=[option.text for option in right],
    )


def _fraction(kind: Kind, chosen: Sequence[Option], right: Sequence[Option]) -> float:
    """Return 1 or 0; of several right answers each wrong tick takes one right tick away, never below 0."""
    hits = sum(option.right for option in chosen)
    if kind == "multiple":
        return max(hits - (len(chosen) - hits), 0) / len(right) if right else 0.0
    return float(len(chosen) == 1 and hits == 1)


def _mark_text(question: Question, written: str) -> Marked:
    found = next((option for option in question.options if plain(option.text) == plain(written)), None)
    return Marked(
        question=question,
        answer=[written] if written else [],
        fraction=float(found is not None and found.right),
        feedback=[found.feedback] if found and found.feedback else [],
        expected=[option.text for option in question.options if option.right],
    )


def plain(text: str) -> str:
    """Return ``text`` without what should not count in a short answer: case, accents, spaces, punctuation around it."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    without_accents = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(without_accents.split()).strip(" .,;:!?'\"")
