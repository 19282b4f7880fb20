"""How often a message that grows is changed: as often as the platform likes, and seldom while it is slow or refuses."""

from __future__ import annotations

from datetime import datetime

from core.holding import Clock

SELDOM = 30.0
"""Seconds between two changes, at the most."""


class Pace:
    """When the next change is due. `every`: the seconds from one change's beginning to the next's, while all goes well."""

    def __init__(self, now: Clock, every: float) -> None:
        self._now = now
        self._every = every
        self._pause = every
        self._begun_at: datetime | None = None

    def due(self) -> float:
        """The seconds until the next change; the first may be made at once."""
        if self._begun_at is None:
            return 0.0
        return max(0.0, self._pause - self._since(self._begun_at))

    def begun(self) -> None:
        """A change is being made."""
        self._begun_at = self._now()

    def made(self) -> None:
        """It is shown. Where that took longer than the pause, the platform is slow: the next waits longer."""
        slow = self._begun_at is not None and self._since(self._begun_at) > self._pause
        self._pause = min(self._pause * 2, SELDOM) if slow else self._every

    def failed(self) -> None:
        """It was not taken just now."""
        self._pause = min(self._pause * 2, SELDOM)

    def _since(self, then: datetime) -> float:
        return (self._now() - then).total_seconds()
