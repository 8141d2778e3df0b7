"""Numbers that make names, addresses and codes differ."""

from collections.abc import Iterator
from itertools import count

numbers: Iterator[int] = count(1)
