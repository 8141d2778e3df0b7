"""What a factor is made of: comparisons of one thing each, over tiles of mentees × mentors.

A comparison gives 0–1, and 0 where one side did not tell; who told is kept beside it. Sets become products of 0/1
matrices, whose sums are whole and exact in ``float32``; all else is done pair by pair. So a pair's value depends
neither on the tile in which it is computed nor on the machine.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mentoring_ext.matching.encoding import Integers, Reals, products

STEPS = 5
WIDTH_OF_SCALE = STEPS - 1

Tile = Callable[[slice, slice], Reals]
"""Returns values for some rows and columns, in an array of its own: 0–1, and 0 where it is not known."""


@dataclass(frozen=True)
class Comparison:
    """One comparison, or the sum of several alike.

    ``mentees`` and ``mentors`` have one row a person and one column a comparison: 1 where that person told.
    """

    compare: Tile
    mentees: Reals
    mentors: Reals


class Factor:
    """The mean of those of its comparisons that both sides told."""

    def __init__(self, *comparisons: Comparison) -> None:
        self.comparisons = comparisons
        self.mentees = np.hstack([one.mentees for one in comparisons])
        self.mentors = np.hstack([one.mentors for one in comparisons])

    @property
    def is_single(self) -> bool:
        """Whether it makes one comparison, so that there is no mean to take."""
        return bool(self.mentees.shape[1] == 1)

    def known(self, rows: slice, columns: slice) -> Reals:
        """Return how many comparisons are known of each pair."""
        return products(self.mentees[rows], self.mentors[columns])

    def values(self, rows: slice, columns: slice, known: Reals | None = None) -> Reals:
        """Return the factor's values, 0 where nothing is known; ``known`` is what the method of that name returns."""
        total = self.comparisons[0].compare(rows, columns)
        for one in self.comparisons[1:]:
            total += one.compare(rows, columns)
        if not self.is_single:
            total /= np.maximum(self.known(rows, columns) if known is None else known, 1)
        return total


def covered(mentees: Reals, mentors: Reals) -> Comparison:
    """Compare 0/1 rows: the share of the mentee's elements that the mentor has, too."""
    return share(mentees, mentors, mentees.sum(1))


def share(mentees: Reals, mentors: Reals, whole: Reals, told: Reals | None = None) -> Comparison:
    """Compare rows of whole numbers: their product as a share of ``whole``, a number for each mentee (0: not told)."""
    by = np.maximum(whole, 1)[:, None]

    def compare(rows: slice, columns: slice) -> Reals:
        tile = products(mentees[rows], mentors[columns])
        tile /= by[rows]
        return tile

    return Comparison(compare, flags(whole > 0), flags(mentors.any(1)) if told is None else told)


def shared(mentees: Reals, mentors: Reals) -> Comparison:
    """Compare 0/1 rows: how much of what both have together is in common (Dice's coefficient)."""
    ours, theirs = mentees.sum(1), mentors.sum(1)
    # Whoever has nothing counts as one, so that nothing is divided by zero; the product above it is zero then.
    left = np.maximum(ours, 1)[:, None]

    def compare(rows: slice, columns: slice) -> Reals:
        tile = products(mentees[rows], mentors[columns])
        tile *= 2
        tile /= left[rows] + theirs[columns]
        return tile

    return Comparison(compare, flags(ours > 0), flags(theirs > 0))


def closeness(
    mentees: Sequence[Sequence[int | None]], mentors: Sequence[Sequence[int | None]], scales: int
) -> Comparison:
    """Compare steps 1–5 on so many scales, in one product: on each 0 four steps apart, 1 the same."""
    ours, theirs = _steps(mentees, scales), _steps(mentors, scales)
    left = np.hstack([ours[:, [scale]] == np.arange(1, STEPS + 1) for scale in range(scales)])
    near = [WIDTH_OF_SCALE - np.abs(theirs[:, [scale]] - np.arange(1, STEPS + 1)) for scale in range(scales)]
    right = np.nan_to_num(np.hstack(near), nan=0.0)
    ones, others = left.astype(np.float32), right.astype(np.float32)

    def compare(rows: slice, columns: slice) -> Reals:
        tile = products(ones[rows], others[columns])
        tile /= WIDTH_OF_SCALE
        return tile

    return Comparison(compare, (~np.isnan(ours)).astype(np.float32), (~np.isnan(theirs)).astype(np.float32))


def _steps(people: Sequence[Sequence[int | None]], scales: int) -> Reals:
    rows = [[np.nan if step is None else step for step in person] for person in people]
    return np.array(rows, dtype=np.float32).reshape(len(people), scales)


def same(mentees: Integers, mentors: Integers) -> Comparison:
    """Compare words by their numbers (−1: none): 0 another, 1 the same."""
    ours = _own_code_for_none(mentees)

    def compare(rows: slice, columns: slice) -> Reals:
        return np.asarray(ours[rows, None] == mentors[columns], dtype=np.float32)

    return Comparison(compare, flags(mentees >= 0), flags(mentors >= 0))


LARGE = 1e15
"""Larger figures than this cannot be taken from each other in the numbers that are used here."""


def _within(figures: Reals) -> Reals:
    return np.clip(figures, -np.float32(LARGE), np.float32(LARGE))


def near(mentees: Reals, mentors: Reals, far: float) -> Comparison:
    """Compare figures (NaN: none): 0 ``far`` or more apart, 1 the same; beyond ``LARGE`` all figures are alike."""
    far, mentees, mentors = float(np.clip(far, 1 / LARGE, LARGE)), _within(mentees), _within(mentors)
    told = flags(~np.isnan(mentees)), flags(~np.isnan(mentors))
    ours, theirs = np.nan_to_num(mentees, nan=np.inf), np.nan_to_num(mentors, nan=-np.inf)

    def compare(rows: slice, columns: slice) -> Reals:
        tile: Reals = ours[rows, None] - theirs[columns]
        np.abs(tile, out=tile)
        tile /= -np.float32(far)
        tile += 1
        return np.maximum(tile, 0, out=tile)

    return Comparison(compare, *told)


def above(mentees: Reals, mentors: Reals, far: float) -> Comparison:
    """Compare figures (NaN: none): 0 the mentee's is ``far`` or more below, ½ equal, 1 ``far`` or more above."""
    told = flags(~np.isnan(mentees)), flags(~np.isnan(mentors))
    ours, theirs = np.nan_to_num(mentees, nan=-np.inf), np.nan_to_num(mentors, nan=np.inf)

    def compare(rows: slice, columns: slice) -> Reals:
        tile: Reals = ours[rows, None] - theirs[columns]
        np.clip(tile, -far, far, out=tile)
        tile += np.float32(far)
        tile /= np.float32(2 * far)
        return tile

    return Comparison(compare, *told)


def flags(told: ArrayLike) -> Reals:
    """Return one column of 0 and 1."""
    return np.asarray(told, dtype=np.float32)[:, None]


def at_most(tile: Reals, most: float) -> Reals:
    """Cut values above ``most``, in place."""
    return np.minimum(tile, np.float32(most), out=tile)


def _own_code_for_none(coded: Integers) -> Integers:
    """Return the numbers with −2 for "none", which no other side has."""
    return np.where(coded < 0, -2, coded)
