"""The time of a stand-in."""

from __future__ import annotations

import time


class Clock:
    """The platform's time: the real one, that a test may put forward so that it need not wait."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time() + self._ahead

    def advance(self, seconds: float) -> None:
        """Put it forward."""
        self._ahead += seconds
