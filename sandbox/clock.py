"""The sandbox's own clock: real time plus an offset that tests and the chat page move."""

import time
from dataclasses import dataclass

DAY_SECONDS = 86_400.0


@dataclass(slots=True)
class Clock:
    """Tells the time in seconds since 1970, `offset_seconds` ahead of the machine's."""

    offset_seconds: float = 0.0

    def now(self) -> float:
        """Return the sandbox's time in seconds since 1970."""
        return time.time() + self.offset_seconds

    def advance(self, *, days: float = 0, hours: float = 0, seconds: float = 0) -> None:
        """Move the clock; negative amounts move it back."""
        self.offset_seconds += days * DAY_SECONDS + hours * 3_600 + seconds
