"""How the best answer changes when the input does: exactly where both are proven, else between proven limits.

Nothing here imports Django.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from mentoring_ext.matching.factors import ONE
from mentoring_ext.matching.facts import Integers
from mentoring_ext.matching.kept import RunInput
from mentoring_ext.matching.solver import LEFT_OVER, Assignment, Infeasible, assign
from mentoring_ext.matching.solving import LockBroken, Tables, arguments


@dataclass(frozen=True)
class Outcome:
    """How many more mentees are placed, and between what the best total changes, in millionths.

    ``counted`` is false where it is not proven that no more could be placed, or fewer be alone. ``weakest`` are the
    lowest scores before and after, None where nobody is placed.
    """

    placed: int
    low: int
    high: int
    counted: bool = True
    weakest: tuple[int | None, int | None] = (None, None)
    alone: int = 0
    """How many more mentees are alone with a mentor, where the pairing avoids that."""

    @property
    def is_exact(self) -> bool:
        """Whether everything is known exactly."""
        return self.counted and self.low == self.high

    @property
    def is_free(self) -> bool:
        """Whether it surely costs the whole nothing."""
        return self.counted and not self.placed and self.alone <= 0 and self.low >= 0


def compare(tables: Tables, before: Assignment, after: Assignment, *, only_less: bool = False) -> Outcome:
    """Return how the best answer changes from one input to another; both answers stand in the same rows.

    ``only_less`` says that the second input allows less than the first, so that nothing can be won: where the weakest
    comes first and gets worse, the total can be higher all the same.
    """
    placed = int((after.mentor_of != LEFT_OVER).sum() - (before.mentor_of != LEFT_OVER).sum())
    low, high = _units(after.total - before.bound), _units(after.bound - before.total)
    alone = _small(after) - _small(before)
    weakest = weakest_in(tables, before.mentor_of), weakest_in(tables, after.mentor_of)
    is_traded = (_is_fair(before) or _is_fair(after)) and weakest[0] != weakest[1]
    if only_less and not placed and not alone and not is_traded:
        high = min(high, 0)
    return Outcome(placed, min(low, high), high, is_counted(before) and is_counted(after), weakest, alone)


def weakest_in(tables: Tables, mentor_of: Integers) -> int | None:
    """Return the lowest score of those who are placed, in millionths; None where nobody is."""
    rows = np.flatnonzero(mentor_of != LEFT_OVER)
    return int(tables.scores[rows, mentor_of[rows]].min()) if len(rows) else None


def answer_if_any(
    given: RunInput, tables: Tables, *, seconds: float | None = None, **changed: Any
) -> Assignment | None:
    """Solve an input, with other ``fixed`` pairs where these are handed in; None where fixed pairs cannot be kept."""
    try:
        asked: Mapping[str, Any] = {**arguments(given, tables), **changed}
        return assign(tables.scores, tables.allowed, tables.capacity, **asked, seconds=seconds)
    except (Infeasible, LockBroken):
        return None


def is_plain(given: RunInput) -> bool:
    """Whether every place stands for itself and the total decides, so that changes follow without solving again."""
    options = given.options
    is_free = options.minimum <= 1 and not options.avoid_alone
    return is_free and not options.common_slot and options.objective == "total"


def _units(score: float) -> int:
    return round(score * ONE)


def _is_fair(answer: Assignment) -> bool:
    """Whether the weakest match was looked at first."""
    return answer.certificate is not None and answer.certificate.floor is not None


def _small(answer: Assignment) -> int:
    return answer.certificate.small if answer.certificate else 0


def is_counted(answer: Assignment) -> bool:
    """Whether it is proven that no more mentees could be placed, nor fewer be alone."""
    return answer.certificate is None or answer.certificate.settled
