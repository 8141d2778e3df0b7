"""What a coordinator chooses besides the weights."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

Lone = Literal["free", "avoid", "never"]
"""Mentees alone with a mentor: as good as others, only where nothing else is possible, never."""
LATER = ("meeting", "avoid_alone")
"""Options that the first runs did not have."""


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


def plain_options(options: Options) -> dict[str, Any]:
    """Return the options as plain values; one that came later is left out where it says no.

    So the fingerprint of an input from before stays what it was.
    """
    kept = asdict(options)
    return {name: value for name, value in kept.items() if name not in LATER or value}
