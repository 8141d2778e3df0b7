"""Hall sets: mentees who can only go to a few mentors, with fewer places than there are mentees."""

import numpy as np
from numpy.typing import NDArray

from mentoring_ext.matching.facts import Bools, Integers


def crowd_of(allowed: Bools, mentor_of: Integers, start: NDArray[np.int64]) -> tuple[list[int], list[int]]:
    """Return all mentees that compete for the places open to ``start``, and the mentors with those places.

    From the starting mentees to every mentor that they may go to, from there to the mentees placed there, and so on.
    """
    crowd = np.zeros(len(allowed), dtype=bool)
    places: Bools = np.zeros(allowed.shape[1], dtype=bool)
    fresh = np.unique(start)
    while len(fresh):
        crowd[fresh] = True
        reached = np.asarray(allowed[fresh].any(0)) & ~places
        places |= reached
        fresh = np.flatnonzero(np.isin(mentor_of, np.flatnonzero(reached)) & ~crowd)
    return np.flatnonzero(crowd).tolist(), np.flatnonzero(places).tolist()
