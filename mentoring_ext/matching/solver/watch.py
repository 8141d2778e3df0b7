"""How long a search may take, and whom it tells how far it is."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace


class TimeIsOver(Exception):
    """The time that the caller set ended in the middle of a look at all pairs."""


Progress = Callable[[str, float], None]
"""Gets what is being done, as a short code, and the share that is done (0–1). What it raises stops the search."""


@dataclass(frozen=True)
class Watch:
    """The clock of one run of the solver."""

    progress: Progress | None = None
    seconds: float | None = None
    started: float = field(default_factory=time.perf_counter)

    def tell(self, doing: str, share: float) -> None:
        """Tell how far the search is."""
        if self.progress is not None:
            self.progress(doing, share)

    @property
    def passed(self) -> float:
        """Return the seconds since the start."""
        return time.perf_counter() - self.started

    def within(self, seconds: float) -> "Watch":
        """Return the same clock with so many seconds left from now at most."""
        until = self.passed + seconds
        return replace(self, seconds=until if self.seconds is None else min(until, self.seconds))

    def without(self, seconds: float) -> "Watch":
        """Return the same clock as if these seconds had not passed."""
        return replace(self, started=self.started + seconds)

    def part(self, share: float) -> "Watch":
        """Return the same clock with a share of the time that the caller set."""
        return self if self.seconds is None else replace(self, seconds=self.seconds * share)

    def left(self, otherwise: float) -> float:
        """Return how many seconds are left; ``otherwise`` where the caller set no limit."""
        return max(0.0, (otherwise if self.seconds is None else self.seconds) - self.passed)

    def check(self) -> None:
        """Raise ``TimeIsOver`` once the time that the caller set is over."""
        if self.is_over:
            raise TimeIsOver

    @property
    def is_over(self) -> bool:
        """Return whether the time that the caller set is over."""
        return self.seconds is not None and self.passed >= self.seconds
