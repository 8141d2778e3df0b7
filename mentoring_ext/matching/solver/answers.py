"""What the solver answers: pairs, total, bound, and the proof that ``verify`` checks."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentoring_ext.matching.facts import Integers

LEFT_OVER = -1
NO_SLOT = -1


class Infeasible(ValueError):
    """The fixed pairs cannot all be kept; the text says which rule is in the way."""


class Refused(ValueError):
    """An assignment or its proof is wrong; the text says where."""


def refuse_if(fault: object, text: str) -> None:
    """Raise ``Refused`` when ``fault`` is true."""
    if fault:
        raise Refused(f"Not proven: {text}")


def _none() -> Integers:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Certificate:
    """The proof of an assignment, in whole numbers of 1/``scale`` score units.

    ``kind`` says what follows from it, and which check of ``verifying.PROOFS`` confirms it:

    * ``prices``: ``mentee_prices`` and ``mentor_prices`` are u and v, ``premium`` is λ (see ``prices``).
    * ``bound``: Lagrangian prices, from which the bound is computed again.
    * ``search``: the solver's search closed the gap; rules, total and bound are checked.

    ``crowd`` are the mentees of the Hall set (empty when all are placed), ``places`` the mentors that they can go to.
    With the fair objective ``floor`` is the worst placed score, and ``floor_crowd`` with ``floor_places`` the Hall set
    among the pairs above it, which shows that the floor cannot be higher. Fixed pairs stand outside the proof.

    Of groups (see ``groups.proof``): ``count_prices`` show that no more can be placed and ``floor_prices`` that the
    floor cannot be higher; ``searched`` names what the solver's search showed instead (``count``, ``floor``,
    ``total``); ``settled`` is false where it is open whether more could be placed or the floor be higher; ``relaxed``
    is the bound that follows from ``mentee_prices`` and ``premium`` alone.

    With preferred sizes (see ``sizes.proof``) ``small`` is how many groups are smaller; ``small_prices`` show that
    there cannot be fewer, or ``searched`` names ``small``; nothing is needed where none is that could be larger.
    """

    kind: str
    scale: int
    mentee_prices: Integers = field(default_factory=_none)
    mentor_prices: Integers = field(default_factory=_none)
    premium: int = 0
    crowd: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    floor: int | None = None
    floor_crowd: list[int] = field(default_factory=list)
    floor_places: list[int] = field(default_factory=list)
    count_prices: Integers = field(default_factory=_none)
    floor_prices: Integers = field(default_factory=_none)
    searched: list[str] = field(default_factory=list)
    settled: bool = True
    relaxed: int = 0
    small: int = 0
    small_prices: Integers = field(default_factory=_none)

    def as_json(self) -> dict[str, Any]:
        """Return the proof as plain numbers and lists, which JSON can hold."""
        values = {part.name: getattr(self, part.name) for part in fields(self)}
        return {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in values.items()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Certificate":
        """Make the proof out of what ``as_json`` returned; names that it does not know are left aside."""
        known = {part.name: kept[part.name] for part in fields(cls) if part.name in kept}
        arrays = {name: _whole(value) for name, value in known.items() if name.endswith("_prices")}
        return cls(**{**known, **arrays})


def _whole(values: list[Any]) -> Integers:
    """Return a list as an array; what is not whole keeps its type, so that ``verify`` refuses it."""
    return np.array(values) if values else _none()


@dataclass(frozen=True)
class Solution:
    """What a strategy returns: pairs of all mentees, fixed ones too, and the proof; ``bound`` in steps of the task.

    ``bound`` holds for the total of as many mentees as are placed. ``slot_of`` is None where no slots were asked for.
    """

    mentor_of: Integers
    bound: int
    certificate: Certificate
    slot_of: Integers | None = None


@dataclass(frozen=True)
class Assignment:
    """The answer: the mentor of each mentee (−1: left over), its total, and how it is proven.

    ``slot_of`` is the slot of each mentor's group (−1: not used), None where no slots were asked for. ``bound`` is a
    proven upper bound of the total; ``optimal`` says that the two are equal.
    """

    mentor_of: Integers
    total: float
    bound: float
    optimal: bool
    certificate: Certificate | None
    left_over: list[int]
    seconds: float
    slot_of: NDArray[np.int64] | None = None
