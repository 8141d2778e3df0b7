"""Scores as points: whole steps, 32 bits each, so that 75 million pairs take 300 MB.

Scores that are multiples of 1e-6 are exact; others are rounded to 1/2²⁹ of the largest. A table of whole numbers is
taken as millionths and not copied where it has 32 bits: large callers hand that in.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.int32]

MILLIONTHS = 1_000_000
MOST_POINTS = 2**29
"""No score and no penalty has more points, so that sums and differences of two fit in 32 bits."""
EXACT = 1e-3
TILE = 2**18
"""Pairs that are looked at in one go: they stay in the processor's cache."""


def points_of(scores: NDArray[Any], penalty: float) -> tuple[Points, int]:
    """Return the scores as points and how many points a score unit has."""
    if scores.dtype.kind in "iu":
        largest = max(abs(int(scores.max(initial=0))), abs(int(scores.min(initial=0))))
        if largest > MOST_POINTS or penalty * MILLIONTHS > MOST_POINTS:
            raise ValueError(f"whole scores are millionths and must lie between −{MOST_POINTS} and {MOST_POINTS}")
        return scores.astype(np.int32, copy=False), MILLIONTHS
    highest = max(-float(scores.min(initial=0)), float(scores.max(initial=0)), penalty)
    if not highest <= MOST_POINTS:
        raise ValueError("scores must be finite numbers, none beyond ±536870912")
    if highest <= MOST_POINTS / MILLIONTHS:
        points, exact = _rounded(scores, MILLIONTHS)
        if exact or scores.dtype.itemsize < np.dtype(float).itemsize:
            return points, MILLIONTHS
    scale = max(1, int(MOST_POINTS / max(1.0, highest)))
    return _rounded(scores, scale)[0], scale


def _rounded(scores: NDArray[Any], scale: int) -> tuple[Points, bool]:
    """Return the scores in steps of 1/scale and whether nothing was lost by that."""
    points = np.empty(scores.shape, dtype=np.int32)
    step = max(1, TILE // max(1, scores.shape[1]))
    exact = True
    for start in range(0, len(scores), step):
        steps = scores[start : start + step].astype(float) * scale
        whole = np.rint(steps)
        points[start : start + step] = whole
        exact = exact and bool((np.abs(steps - whole) < EXACT).all())
    return points, exact
