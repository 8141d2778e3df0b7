"""Values as JSON can hold them."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from mentoring_ext.matching.facts import Pair

FACTS, TABLES = "facts", "tables"
"""Forms of the kept input: what people told; or, in runs of the first version, what was computed from it."""


def json_of(value: dict[str, Any]) -> bytes:
    """Return a value as JSON, always the same for the same value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def plain(value: Any) -> Any:
    """Return sets as sorted lists, wherever they are."""
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, Mapping):
        return {name: plain(each) for name, each in value.items()}
    return value


def pairs_of(value: Mapping[int, int] | Collection[Pair]) -> list[list[int]]:
    """Return pairs in order, as lists."""
    return sorted(list(pair) for pair in (value.items() if isinstance(value, Mapping) else value))
