"""The time of a stand-in."""

from __future__ import annotations

import time
from datetime import datetime, timedelta


def past_the_hour(at: datetime) -> timedelta:
    """How far to put a clock forward, so that no day ends anywhere while a story is played: a minute, or nothing."""
    return timedelta(minutes=1) if at.minute == 59 else timedelta()


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
