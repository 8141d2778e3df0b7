"""Sets of small whole numbers as bytes, one bit a number, and whole tables of them; plain NumPy, no database."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

BITS = 8


def packed(numbers: Iterable[int]) -> bytes:
    """Return the set of these numbers, from 0 on, as bytes: bit n % 8 of byte n // 8 stands for n."""
    together = sum(1 << number for number in set(numbers))
    return together.to_bytes(-(-together.bit_length() // BITS), "little")


def table_of(rows: Sequence[bytes], highest: int) -> NDArray[np.bool_]:
    """Return a table with a row for each set and a column for each number from 0 to ``highest``."""
    width = highest // BITS + 1
    together = b"".join(row[:width].ljust(width, b"\0") for row in rows)
    every = np.frombuffer(together, dtype=np.uint8).reshape(len(rows), width)
    return np.unpackbits(every, axis=1, bitorder="little")[:, : highest + 1].astype(bool)
