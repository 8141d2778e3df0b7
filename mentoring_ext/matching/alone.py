"""Why a mentee is alone with a mentor: what it would come to without. Nothing here imports Django."""

from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from mentoring_ext.matching.kept import RunInput
from mentoring_ext.matching.outcomes import answer_if_any, is_counted
from mentoring_ext.matching.solver import LEFT_OVER, Assignment
from mentoring_ext.matching.solving import TOGETHER, Tables, alone_in


@dataclass(frozen=True)
class Alone:
    """How many mentees are alone with a mentor of more places, and how many fewer would be placed without.

    ``fewer`` is None where the locks allow no answer without. ``is_exact`` is false where the time was too short to
    prove that there cannot be fewer who are alone, or that so many fewer would be placed.
    """

    number: int
    fewer: int | None = 0
    is_exact: bool = True

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Alone | None":
        """Return what ``as_json`` returned; None where a run does not avoid it, or nothing was kept."""
        return cls(**kept) if kept else None

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return asdict(self)


def measure_alone(given: RunInput, tables: Tables, answer: Assignment, *, seconds: float | None) -> Alone | None:
    """Solve again with nobody alone and compare; None where the pairing does not avoid it."""
    if not given.options.avoid_alone:
        return None
    number = int(alone_in(tables, answer.mentor_of).sum())
    if not number:
        return Alone(0, 0, is_counted(answer))
    never = replace(given, options=replace(given.options, avoid_alone=False, minimum=TOGETHER, objective="total"))
    without = answer_if_any(never, tables, seconds=seconds)
    if without is None:
        return Alone(number, None, is_counted(answer))
    fewer = int(np.count_nonzero(answer.mentor_of != LEFT_OVER) - np.count_nonzero(without.mentor_of != LEFT_OVER))
    return Alone(number, fewer, is_counted(answer) and is_counted(without))
