"""The weighted score of all factors, in whole millionths, and its exact parts.

A score is the whole part of Σ weight · value ÷ Σ weight over the factors that are known of the pair, with values in
millionths. A factor's points are what the score grows by when the factors are added one after the other in their fixed
order, so that the points add up to the score exactly, and each is at most one millionth from its own share.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentoring_ext.matching.encoding import Reals, products
from mentoring_ext.matching.factors.comparing import Factor
from mentoring_ext.matching.factors.eleven import FACTORS
from mentoring_ext.matching.factors.further import further_factor
from mentoring_ext.matching.facts import Sides

ONE = 1_000_000
"""A full score."""
NEUTRAL = ONE // 2
"""The score of a pair about which none of the weighted factors is known."""
MAX_WEIGHT = 5
UNKNOWN = -1
ROWS, COLUMNS = 128, 1024
"""A tile fits into the processor's cache with everything that is computed on it."""

Millionths = NDArray[np.int32]


@dataclass(frozen=True)
class Part:
    """One factor's part in a score. ``value`` is 0–1 or None where it is not known; ``points`` are millionths.

    ``most`` is what it could have given: the weights of unknown factors are shared out in it.
    """

    factor: str
    weight: int
    value: float | None
    points: int
    most: int


class Prepared:
    """The people of both sides made ready to be compared: made once, asked for any tile with any weights."""

    def __init__(self, sides: Sides) -> None:
        self.shape = sides.shape
        self.factors: dict[str, Factor] = {name: factor(sides) for name, factor in FACTORS.items()}
        for asked in sides.further:
            if asked.name in self.factors:
                raise ValueError(f"Two factors have the name {asked.name}")
            self.factors[asked.name] = further_factor(sides, asked)

    def weights(self, weights: Mapping[str, int]) -> list[int]:
        """Return the weight of each factor; raises ``ValueError`` as ``score`` does."""
        unknown = set(weights) - set(self.factors)
        if unknown:
            raise ValueError(f"No such factor: {', '.join(sorted(unknown))}")
        if any(not 0 <= weight <= MAX_WEIGHT or weight != int(weight) for weight in weights.values()):
            raise ValueError(f"Weights are whole numbers from 0 to {MAX_WEIGHT}")
        if not any(weights.values()):
            raise ValueError("At least one factor needs a weight")
        return [int(weights.get(name, 0)) for name in self.factors]

    def scores(self, weights: Sequence[int], rows: slice, columns: slice) -> Millionths:
        """Return the scores of some rows and columns; ``weights`` follow the order of ``factors``."""
        counting = [(factor, weight) for factor, weight in zip(self.factors.values(), weights, strict=True) if weight]
        known = _single_told(counting, rows, columns)
        total = np.zeros(known.shape, dtype=np.int32)
        for factor, weight in counting:
            compared = None if factor.is_single else factor.known(rows, columns)
            points = _millionths(factor.values(rows, columns, compared))
            points *= weight
            total += points
            if compared is not None:
                known += weight * np.minimum(compared, 1, out=compared)
        return _mean(total, known)

    def values(self) -> Millionths:
        """Return factors × mentees × mentors in millionths, −1 where not known; for pools of a programme's size."""
        everybody = slice(None)
        found = np.empty((len(self.factors), *self.shape), dtype=np.int32)
        for at, factor in enumerate(self.factors.values()):
            known = factor.known(everybody, everybody)
            found[at] = _millionths(factor.values(everybody, everybody, known))
            found[at][known == 0] = UNKNOWN
        return found


def _single_told(counting: Sequence[tuple[Factor, int]], rows: slice, columns: slice) -> Reals:
    """Return of each pair the weight of the factors with one comparison that are known: one product for all."""
    single = [(factor, weight) for factor, weight in counting if factor.is_single]
    weights = np.array([weight for _, weight in single], dtype=np.float32)
    first = next(factor for factor, _ in counting)
    nobody = first.mentees[rows, :0], first.mentors[columns, :0]
    mentees = np.hstack([nobody[0], *(factor.mentees[rows] for factor, _ in single)]) * weights
    mentors = np.hstack([nobody[1], *(factor.mentors[columns] for factor, _ in single)])
    return products(mentees, mentors)


def _millionths(values: Reals) -> Millionths:
    """Round values 0–1 to whole millionths; uses up the array."""
    values *= ONE
    return np.rint(values, out=values).astype(np.int32)


def _mean(total: Millionths, weight: Reals) -> Millionths:
    """Return the whole part of total ÷ weight, ``NEUTRAL`` where nothing is known; exact, for both are small."""
    quotient = total / np.maximum(weight, 1).astype(np.float64)
    scores = quotient.astype(np.int32)
    scores[weight == 0] = NEUTRAL
    return scores


@dataclass(frozen=True)
class Scored:
    """Scores of all pairs in millionths, with each factor's ``values`` (−1: not known) and ``points`` behind them.

    ``values`` and ``points`` are factors × mentees × mentors, in the order of ``factors``.
    """

    scores: Millionths
    values: Millionths
    points: Millionths


def score(sides: Sides | Prepared, weights: Mapping[str, int]) -> Millionths:
    """Return the score of every mentee × mentor in millionths, tile by tile, so in little more memory than that.

    ``weights`` maps factors (the eleven, and the further ones of ``sides``) to whole numbers 0–5; one that is left out
    has 0. Raises ``ValueError`` when a weight is something else, a factor is not known or none has weight.
    """
    prepared = sides if isinstance(sides, Prepared) else Prepared(sides)
    ordered = prepared.weights(weights)
    mentees, mentors = prepared.shape
    scores = np.empty(prepared.shape, dtype=np.int32)
    for top in range(0, mentees, ROWS):
        for left in range(0, mentors, COLUMNS):
            rows, columns = slice(top, top + ROWS), slice(left, left + COLUMNS)
            scores[rows, columns] = prepared.scores(ordered, rows, columns)
    return scores


def weigh(values: Millionths, weights: Sequence[int]) -> Millionths:
    """Return the scores that other weights give to ``Prepared.values``: what answers a moved slider at once."""
    total = np.zeros(values.shape[1:], dtype=np.int32)
    known = np.zeros(values.shape[1:], dtype=np.float32)
    for weight, value in zip(weights, values, strict=True):
        if weight:
            told = value != UNKNOWN
            total += weight * np.maximum(value, 0)
            known += np.float32(weight) * told
    return _mean(total, known)


def score_with_parts(sides: Sides, weights: Mapping[str, int]) -> Scored:
    """Return the scores and what they are made of, for pools of a programme's size; raises as ``score`` does."""
    prepared = Prepared(sides)
    ordered = prepared.weights(weights)
    values = prepared.values()
    weight = np.array(ordered, dtype=np.int64)[:, None, None]
    known_weight = np.maximum((weight * (values != UNKNOWN)).sum(0), 1)
    grown = np.cumsum(weight * np.maximum(values, 0), axis=0) // known_weight
    points = np.diff(grown, axis=0, prepend=0).astype(np.int32)
    return Scored(weigh(values, ordered), values, points)


def explain(sides: Sides, weights: Mapping[str, int], mentee: int, mentor: int) -> list[Part]:
    """Return the parts of one pair's score (a row and a column of ``sides``); they add up to it exactly.

    All points are 0 where none of the weighted factors is known; the score is ``NEUTRAL`` then.
    """
    pair = sides.pair(mentee, mentor)
    scored = score_with_parts(pair, weights)
    names = [*FACTORS, *(asked.name for asked in sides.further)]
    return parts(scored.values[:, 0, 0].tolist(), scored.points[:, 0, 0].tolist(), weights, names)


def parts(
    values: Sequence[int], points: Sequence[int], weights: Mapping[str, int], names: Sequence[str] = tuple(FACTORS)
) -> list[Part]:
    """Name the parts of one pair's score, out of its column of ``Scored.values`` and ``Scored.points``."""
    known_weight = sum(weights.get(name, 0) for name, value in zip(names, values, strict=True) if value != UNKNOWN)
    return [
        Part(
            factor=name,
            weight=weights.get(name, 0),
            value=None if value == UNKNOWN else value / ONE,
            points=given,
            most=0 if value == UNKNOWN else -(-weights.get(name, 0) * ONE // max(known_weight, 1)),
        )
        for name, value, given in zip(names, values, points, strict=True)
    ]


def as_units(scores: Millionths) -> Reals:
    """Return millionths as numbers from 0 to 1 for the solver, in the same memory: ``scores`` is used up.

    ``float32`` tells neighbouring millionths apart, so that the solver finds the whole numbers again.
    """
    units = scores.view(np.float32)
    for top in range(0, len(scores), ROWS):
        units[top : top + ROWS] = scores[top : top + ROWS] / ONE
    return units
