"""Everything that a run's result depends on, as plain values, and as the compressed bytes that the run keeps.

Nothing here imports Django. The bytes hold facts of people, no result and no names.
"""

import hashlib
import json
import zlib
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal

from mentoring_ext.matching.facts import Facts, Further, Pair, Sides, Ties

Lone = Literal["free", "avoid", "never"]
"""Mentees alone with a mentor: as good as others, only where nothing else is possible, never."""
FACTS, TABLES = "facts", "tables"
"""Forms of the kept input: what people told; or, in runs of the first version, what was computed from it."""
LATER = ("meeting", "avoid_alone")
"""Options that the first runs did not have."""
CONFIDENTIAL = ("contexts", "culture", "ethnicity", "religion", "birth_year", "gender")
"""Facts that are kept only as long as the person's consent to them stands."""


@dataclass(frozen=True)
class Options:
    """What a coordinator chooses besides the weights.

    ``size`` and ``minimum`` are the most and the fewest mentees of a group; ``avoid_alone`` leaves a mentee alone with
    a mentor only where no other way places as many; ``objective`` is the solver's;
    ``common_slot`` asks for one hour at which the whole group is free; ``online`` lets everybody meet online;
    ``meeting`` leaves out pairs without a way to meet; ``hours`` is the length of a session; ``penalty`` is what a move
    from the present mentor takes off a score, in millionths.
    """

    size: int = 3
    minimum: int = 1
    objective: Literal["total", "fair"] = "total"
    common_slot: bool = False
    online: bool = False
    meeting: bool = False
    hours: int = 2
    penalty: int = 0
    avoid_alone: bool = False

    @property
    def lone(self) -> Lone:
        """What is asked about mentees alone with a mentor."""
        return "never" if self.minimum > 1 else "avoid" if self.avoid_alone else "free"

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Options":
        """Make options out of what a run keeps; names that it does not know are left aside."""
        known = {part.name for part in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in known})


@dataclass(frozen=True)
class Settled:
    """What is settled about pairs beforehand; ``fixed`` and ``present`` map a mentee to a mentor.

    ``offline`` are those of the fixed pairs that the two made themselves: what the sheets say does not stand in their
    way. ``present`` are the mentors that the mentees have now.
    """

    fixed: Mapping[int, int] = field(default_factory=dict)
    offline: frozenset[Pair] = frozenset()
    conflicts: frozenset[Pair] = frozenset()
    forbidden: frozenset[Pair] = frozenset()
    vetoed: frozenset[Pair] = frozenset()
    present: Mapping[int, int] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What tells these locks and exclusions from others; the present mentors do not count."""
        names = ("fixed", "offline", "conflicts", "forbidden", "vetoed")
        return hashlib.sha256(_json({name: _pairs(getattr(self, name)) for name in names})).hexdigest()[:16]

    @property
    def ties(self) -> Ties:
        """What the rules about pairs read of it."""
        return Ties(self.conflicts, self.forbidden, self.vetoed, self.fixed)


Hours = Mapping[int, frozenset[int]]
"""Hours of the week of people by their keys."""


@dataclass(frozen=True)
class Before:
    """The hours that people told before, of those mentees and mentors who no longer tell all of them."""

    mentees: Hours = field(default_factory=dict)
    mentors: Hours = field(default_factory=dict)


@dataclass(frozen=True)
class RunInput:
    """People, weights, options, and what is settled: the same input gives the same result.

    The pairs do not depend on ``before``, but what the run says of fewer hours does.
    """

    sides: Sides
    weights: Mapping[str, int]
    options: Options = field(default_factory=Options)
    settled: Settled = field(default_factory=Settled)
    before: Before = field(default_factory=Before)

    @property
    def digest(self) -> str:
        """The SHA-256 of everything that the result depends on; names are left out."""
        return hashlib.sha256(_text(self)).hexdigest()


def pack(given: RunInput) -> bytes:
    """Return the input as compressed bytes; ``unpack`` reads them."""
    return zlib.compress(_text(given), 6)


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


def without(kept: bytes, people: Collection[int]) -> bytes:
    """Return the kept bytes without anything that tells of ``people``."""
    found = read(kept)
    if found.get("form") == FACTS:
        found["sides"] |= {
            side: [facts for facts in found["sides"][side] if facts["key"] not in people]
            for side in ("mentees", "mentors")
        }
        found["settled"] = {
            name: [pair for pair in pairs if not {*pair} & {*people}] for name, pairs in found["settled"].items()
        }
        _forget_hours(found, people)
    elif found.get("form") == TABLES:
        found = _table_without(found, people)
    return zlib.compress(_json(found), 6)


def without_sheets(kept: bytes, people: Collection[int]) -> bytes:
    """Return the kept bytes with nothing of ``people`` but that they were there, and a mentor's places.

    So stand those who made their pair themselves in a run without a sheet.
    """
    found = read(kept)
    if found.get("form") == FACTS:
        for side in ("mentees", "mentors"):
            found["sides"][side] = [
                _plain(asdict(replace(_EMPTY, key=facts["key"], capacity=facts["capacity"])))
                if facts["key"] in people
                else facts
                for facts in found["sides"][side]
            ]
        _forget_hours(found, people)
    return zlib.compress(_json(found), 6)


def _forget_hours(found: dict[str, Any], people: Collection[int]) -> None:
    """Take out what these people told of their hours before."""
    if "before" in found:
        found["before"] = {
            side: [[key, hours] for key, hours in told if key not in people] for side, told in found["before"].items()
        }


def without_details(kept: bytes, people: Collection[int]) -> bytes:
    """Return the kept bytes without what ``people`` told in confidence."""
    found = read(kept)
    if found.get("form") == FACTS:
        for facts in (*found["sides"]["mentees"], *found["sides"]["mentors"]):
            if facts["key"] in people:
                facts.update({name: _plain(getattr(_EMPTY, name)) for name in CONFIDENTIAL})
    return zlib.compress(_json(found), 6)


def people_in(kept: bytes) -> set[int]:
    """Return the keys of all people of whom kept bytes tell."""
    found = read(kept)
    if found.get("form") == FACTS:
        return {facts["key"] for side in ("mentees", "mentors") for facts in found["sides"][side]}
    return {*found.get("mentees", []), *found.get("mentors", [])}


def _table_without(found: dict[str, Any], people: Collection[int]) -> dict[str, Any]:
    rows = [at for at, key in enumerate(found["mentees"]) if key not in people]
    columns = [at for at, key in enumerate(found["mentors"]) if key not in people]
    tables = {
        name: [[found[name][row][column] for column in columns] for row in rows]
        for name in ("scores", "values", "points", "rules")
    }
    keys = {
        "mentees": [found["mentees"][row] for row in rows],
        "mentors": [found["mentors"][column] for column in columns],
    }
    return found | tables | keys


def _text(given: RunInput) -> bytes:
    sides = {
        "mentees": [_plain(asdict(replace(person, name=""))) for person in given.sides.mentees],
        "mentors": [_plain(asdict(replace(person, name=""))) for person in given.sides.mentors],
        "further": [asdict(asked) for asked in given.sides.further],
    }
    return _json(
        {
            "form": FACTS,
            "sides": sides,
            "weights": dict(given.weights),
            "options": _options(given.options),
            "settled": {part.name: _pairs(getattr(given.settled, part.name)) for part in fields(Settled)},
        }
        | _before(given.before)
    )


def _before(before: Before) -> dict[str, Any]:
    """Return the hours told before as plain values; nothing where nobody tells fewer, as in inputs from before."""
    kept = {side: sorted([key, sorted(hours)] for key, hours in told.items()) for side, told in vars(before).items()}
    return {"before": kept} if any(kept.values()) else {}


def _hours(told: list[Any]) -> Hours:
    return {key: frozenset(hours) for key, hours in told}


def _options(options: Options) -> dict[str, Any]:
    """Return the options as plain values; one that came later is left out where it says no.

    So the fingerprint of an input from before stays what it was.
    """
    kept = asdict(options)
    return {name: value for name, value in kept.items() if name not in LATER or value}


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    return value


def _pairs(value: Mapping[int, int] | Collection[Pair]) -> list[list[int]]:
    return sorted(list(pair) for pair in (value.items() if isinstance(value, Mapping) else value))


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
_EMPTY = Facts(key=0)


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
