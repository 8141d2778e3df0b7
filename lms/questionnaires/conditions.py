"""When a question or a section is shown: only if an earlier question has one of some answers. Knows no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


class Conditional(Protocol):
    """What may be shown only sometimes: a section or a question, as a row or as plain data."""

    @property
    def only_if(self) -> str: ...

    @property
    def only_if_answers(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Condition:
    """The question ``code`` has one of these ``answers`` (codes, as a form's fields know them)."""

    code: str
    answers: frozenset[str]

    def holds(self, given: Mapping[str, Any]) -> bool:
        """Return whether the answers that were given meet the condition."""
        return not self.answers.isdisjoint(as_codes(given.get(self.code)))


def conditions_of(*things: Conditional) -> list[Condition]:
    """Return what must hold for all of these to be shown, such as a question and its section."""
    return [Condition(thing.only_if, frozenset(thing.only_if_answers)) for thing in things if thing.only_if]


def shown_codes(asked: Iterable[tuple[str, Sequence[Condition]]], answers: Mapping[str, Any]) -> list[str]:
    """Return the codes of the questions that are shown, given these answers.

    ``asked`` is every question's code with its conditions, in order. The answer to a question that is not shown
    counts for nothing, and so does that to a later one.
    """
    given: dict[str, Any] = {}
    for code, conditions in asked:
        if all(condition.holds(given) for condition in conditions):
            given[code] = answers.get(code)
    return list(given)


def as_codes(value: Any) -> list[str]:
    """Return an answer's value as the codes that a form's fields know; a text is its own only code."""
    if value is None:
        return []
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return [str(part) for part in (value if isinstance(value, (list, tuple)) else [value])]
