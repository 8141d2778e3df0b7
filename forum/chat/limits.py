"""How much one socket may send."""

from dataclasses import dataclass
from time import monotonic

LONGEST_FRAME = 32_768
"""Characters of one frame: a message of 4,000 characters fits, however it is escaped."""
AT_ONCE, A_SECOND = 40, 8
"""Frames that may come at once, and how many more are allowed with each second."""
PATIENCE = 200
"""Frames over the limit after which the socket is closed."""


@dataclass
class Allowance:
    """A bucket that fills with time; each frame takes one out of it."""

    left: float = AT_ONCE
    at: float = 0
    refused: int = 0

    def take(self) -> bool:
        """Take one frame's worth; False when there is none left."""
        now = monotonic()
        self.left = min(AT_ONCE, self.left + (now - (self.at or now)) * A_SECOND)
        self.at = now
        if self.left < 1:
            self.refused += 1
            return False
        self.left -= 1
        return True
