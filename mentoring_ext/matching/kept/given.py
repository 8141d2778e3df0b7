"""Everything that a run's result depends on, as plain values and as text; names are left out of the text."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from mentoring_ext.matching.facts import Pair, Sides, Ties
from mentoring_ext.matching.kept.options import Options, plain_options
from mentoring_ext.matching.kept.plain import FACTS, json_of, pairs_of, plain


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
        return hashlib.sha256(json_of({name: pairs_of(getattr(self, name)) for name in names})).hexdigest()[:16]

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
        return hashlib.sha256(text_of(self)).hexdigest()


def text_of(given: RunInput) -> bytes:
    """Return the whole input as text, always the same for the same input."""
    sides = {
        "mentees": [plain(asdict(replace(person, name=""))) for person in given.sides.mentees],
        "mentors": [plain(asdict(replace(person, name=""))) for person in given.sides.mentors],
        "further": [asdict(asked) for asked in given.sides.further],
    }
    return json_of(
        {
            "form": FACTS,
            "sides": sides,
            "weights": dict(given.weights),
            "options": plain_options(given.options),
            "settled": {part.name: pairs_of(getattr(given.settled, part.name)) for part in fields(Settled)},
        }
        | _before(given.before)
    )


def _before(before: Before) -> dict[str, Any]:
    """Return the hours told before as plain values; nothing where nobody tells fewer, as in inputs from before."""
    kept = {side: sorted([key, sorted(hours)] for key, hours in told.items()) for side, told in vars(before).items()}
    return {"before": kept} if any(kept.values()) else {}
