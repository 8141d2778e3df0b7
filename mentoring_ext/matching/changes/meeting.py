"""Which hours somebody would have to be free, so that a session fits in."""

from collections.abc import Collection

import numpy as np

from mentoring_ext.matching.facts import Bools


def fewest_hours(free: Collection[int], starts: Bools, length: int) -> tuple[int, ...]:
    """Return the fewest hours beside the ``free`` ones that a session of ``length`` hours needs.

    ``starts`` are the hours of the week at which the others can begin; among equals the first of the week is taken.
    Empty when there is no such hour, or when nothing is missing.
    """
    windows = [
        tuple(hour for hour in range(start, start + length) if hour not in free) for start in np.flatnonzero(starts)
    ]
    return tuple(int(hour) for hour in min(windows, key=len, default=()))
