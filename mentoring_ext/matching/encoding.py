"""Values of many persons as arrays: sets as 0/1 matrices, words as whole numbers, figures with NaN for the unknown."""

from collections.abc import Collection, Hashable, Iterable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Reals = NDArray[np.float32]

HOURS_OF_DAY = 24
DAYS = 7
HOURS_OF_WEEK = DAYS * HOURS_OF_DAY
MINUTES = 60


def membership(left: Sequence[Collection[str]], right: Sequence[Collection[str]]) -> tuple[Reals, Reals]:
    """Return two 0/1 matrices, one row a person and one column an element that occurs on either side."""
    columns = {code: at for at, code in enumerate(sorted(set().union(*left, *right)))}

    def rows(people: Sequence[Collection[str]]) -> Reals:
        table = np.zeros((len(people), len(columns)), dtype=np.float32)
        sizes = [len(codes) for codes in people]
        at = np.fromiter((columns[code] for code in chain.from_iterable(people)), np.int64, sum(sizes))
        table[np.repeat(np.arange(len(people)), sizes), at] = 1
        return table

    return rows(left), rows(right)


def products(left: Reals, right: Reals) -> Reals:
    """Return the product of every row with every row, rows × rows.

    OpenBLAS works on whole registers: what stands beside the numbers in memory can raise a warning of its own.
    """
    with np.errstate(all="ignore"):
        found: Reals = left @ right.T
    return found


def codes(left: Sequence[Hashable], right: Sequence[Hashable]) -> tuple[Integers, Integers]:
    """Number the different values of both sides from 0; an empty value becomes −1."""
    numbers: dict[Hashable, int] = {}
    coded = [numbers.setdefault(value, len(numbers)) if value else -1 for value in (*left, *right)]
    return np.array(coded[: len(left)], dtype=np.int64), np.array(coded[len(left) :], dtype=np.int64)


LARGEST = float(np.finfo(np.float32).max)


def figures(values: Iterable[float | None]) -> Reals:
    """Return one number a person, NaN where it is not known."""
    told = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    return np.clip(told, -LARGEST, LARGEST).astype(np.float32)


def hours_for(minutes: int) -> int:
    """Return how many whole hours of the week's grid a session of so many minutes needs."""
    return -(-minutes // MINUTES)


def free_starts(people: Sequence[Collection[int]], length: int) -> Bools:
    """Return for each person's free hours those at which ``length`` free hours of one day in a row begin.

    A session never runs past midnight, so Sunday 23:00 and Monday 0:00 are no two hours in a row either.
    """
    if not 1 <= length <= HOURS_OF_DAY:
        raise ValueError("a session lasts from 1 to 24 hours")
    free = np.zeros((len(people), HOURS_OF_WEEK), dtype=bool)
    sizes = [len(hours) for hours in people]
    at = np.fromiter(chain.from_iterable(people), np.int64, sum(sizes))
    free[np.repeat(np.arange(len(people)), sizes), at] = True
    days = free.reshape(len(people), DAYS, HOURS_OF_DAY)
    starts = days.copy()
    for later in range(1, length):
        starts[:, :, : HOURS_OF_DAY - later] &= days[:, :, later:]
        starts[:, :, HOURS_OF_DAY - later :] = False
    return starts.reshape(len(people), HOURS_OF_WEEK)
