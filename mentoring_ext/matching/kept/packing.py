"""The input as compressed bytes, and back."""

import json
import zlib
from dataclasses import fields
from typing import Any

from mentoring_ext.matching.facts import Facts, Further, Pair, Sides
from mentoring_ext.matching.kept.given import Before, Hours, RunInput, Settled, text_of
from mentoring_ext.matching.kept.options import Options
from mentoring_ext.matching.kept.plain import FACTS

_EMPTY = Facts(key=0)


def pack(given: RunInput) -> bytes:
    """Return the input as compressed bytes; ``unpack`` reads them."""
    return zlib.compress(text_of(given), 6)


def read(kept: bytes) -> dict[str, Any]:
    """Return what kept bytes hold, in one of the two forms; an empty input gives an empty one."""
    found: dict[str, Any] = json.loads(zlib.decompress(kept)) if kept else {}
    return found


def unpack(kept: bytes) -> RunInput:
    """Return the input that was packed. Raises ``ValueError`` for bytes in another form."""
    found = read(kept)
    if found.get("form") != FACTS:
        raise ValueError("The run does not keep what people told")
    settled = {name: value for name, value in found["settled"].items() if name in _SETTLED}
    return RunInput(
        _sides(found["sides"]),
        found["weights"],
        Options.of(found["options"]),
        Settled(**{name: _SETTLED[name](value) for name, value in settled.items()}),
        Before(**{side: _hours(told) for side, told in found.get("before", {}).items()}),
    )


def _hours(told: list[Any]) -> Hours:
    return {key: frozenset(hours) for key, hours in told}


def _mapping(pairs: list[list[int]]) -> dict[int, int]:
    return {pair[0]: pair[1] for pair in pairs}


def _set(pairs: list[list[int]]) -> frozenset[Pair]:
    return frozenset((mentee, mentor) for mentee, mentor in pairs)


_SETTLED: dict[str, Any] = {
    "fixed": _mapping,
    "present": _mapping,
    "offline": _set,
    "conflicts": _set,
    "forbidden": _set,
    "vetoed": _set,
}


def _sides(kept: dict[str, Any]) -> Sides:
    mentees, mentors = ([_facts(each) for each in kept[side]] for side in ("mentees", "mentors"))
    return Sides(mentees, mentors, [Further(**each) for each in kept["further"]])


def _facts(kept: dict[str, Any]) -> Facts:
    known = {part.name for part in fields(Facts)}
    return Facts(**{name: _typed(value, getattr(_EMPTY, name)) for name, value in kept.items() if name in known})


def _typed(value: Any, like: Any) -> Any:
    """Return a value of JSON in the type that the field has."""
    if isinstance(like, frozenset):
        return frozenset(value)
    if isinstance(like, tuple):
        return tuple(value)
    if isinstance(value, dict):
        return {name: frozenset(each) if isinstance(each, list) else each for name, each in value.items()}
    return value
